using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Mime;
using System.Text;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Replay;

namespace RouterCluster.Node.Routing;

/// <summary>
/// Past traffic as a trace for replays: a bounded stream. One export runs at a time and rests as long as it works,
/// because payments share the processor and the database with it.
/// </summary>
internal sealed class TraceEndpoints(
    TraceSettings settings, ListInForce<ChannelSettings> channels, OperatorAccess access, IPaymentHistory history,
    TimeProvider time)
{
    private const int Page = 500;
    public const int UsualBucket = 60;
    public const int LongestBucket = 86_400;
    private const int FlushAt = 32 * 1024;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private static readonly Refusal TraceRunning = new(
        429, "trace_running", "A trace is being exported", "One at a time: payments come first.")
    {
        RetryAfter = TimeSpan.FromSeconds(10),
    };

    private readonly ListInForce<ChannelSettings>.Derived<RecordedChannel[]> _channels = channels.Derive<RecordedChannel[]>(all =>
        [.. all.Select(channel => new RecordedChannel(channel.Id, channel.Terms, channel.Submit.Concurrency))]);

    private int _running;

    public Task ExportAsync(HttpContext context, string? from, string? to, string? bucket) =>
        access.EnterAsync(context, OperatorRole.Operator, async _ =>
        {
            var errors = new FieldErrors();
            var (begin, end) = (Moment("from", from, errors), Moment("to", to, errors));
            var seconds = UsualBucket;
            var isNumber = bucket is null || int.TryParse(bucket, CultureInfo.InvariantCulture, out seconds);
            if (!isNumber || seconds is < 1 or > LongestBucket)
            {
                errors.Add("bucket", $"must be whole seconds from 1 to {LongestBucket}");
            }

            if (!errors.Any && (begin >= end || end - begin > settings.LongestRange))
            {
                var most = settings.LongestRange.TotalHours;
                errors.Add("to", FormattableString.Invariant($"must be later than from, by at most {most:0.##} h"));
            }

            return errors.Any
                ? Refusals.Invalid(errors.All)
                : await AloneAsync(context, begin, end, TimeSpan.FromSeconds(seconds));
        });

    private async Task<Refusal?> AloneAsync(HttpContext context, DateTimeOffset from, DateTimeOffset to, TimeSpan bucket)
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) != 0)
        {
            return TraceRunning;
        }

        try
        {
            await WriteAsync(context, from, to, bucket);
            return null;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task WriteAsync(HttpContext context, DateTimeOffset from, DateTimeOffset to, TimeSpan bucket)
    {
        context.Response.ContentType = MediaTypeNames.Text.Csv + "; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var recorder = new TraceRecorder(_channels.Value, bucket, settings.Banks);
        var body = context.Response.BodyWriter;
        Write(body, TraceFormat.Header);
        Payment? last = null;
        while (true)
        {
            var startedAt = time.GetTimestamp();
            var page = await history.ListAcceptedAsync(from, to, last, Page, context.RequestAborted);
            foreach (var payment in page)
            {
                await WriteAsync(body, recorder.Add(payment), context.RequestAborted);
            }

            if (page.Count < Page)
            {
                break;
            }

            last = page[^1];
            await RestAsync(time.GetElapsedTime(startedAt), context.RequestAborted);
        }

        await WriteAsync(body, recorder.Finish(), context.RequestAborted);
    }

    private Task RestAsync(TimeSpan worked, CancellationToken cancellation) =>
        Task.Delay(worked < LongestRest ? worked : LongestRest, time, cancellation);

    /// <summary>Writes no faster than the client reads.</summary>
    private static async Task WriteAsync(PipeWriter to, IReadOnlyList<TraceRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            Write(to, TraceFormat.Write(row));
            if (to.UnflushedBytes >= FlushAt)
            {
                await to.FlushAsync(cancellation);
            }
        }
    }

    private static void Write(PipeWriter to, string line)
    {
        Encoding.UTF8.GetBytes(line, to);
        to.Write("\n"u8);
    }

    private static DateTimeOffset Moment(string name, string? text, FieldErrors errors)
    {
        if (!UtcText.TryParse(text, out var moment))
        {
            errors.Add(name, UtcText.Says);
        }

        return moment;
    }
}
