using System.Globalization;
using System.Net.Mime;
using System.Text;
using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Replay;
using RouterCluster.Host.Access;
using RouterCluster.Host.Replies;
using RouterCluster.Host.Requests;

namespace RouterCluster.Host.Operators;

/// <summary>Past traffic as a trace that can be replayed: a stream, however long.</summary>
internal sealed class TraceEndpoints(RouterSettings settings, OperatorDoor door, IPaymentHistory history)
{
    private const int Page = 500;
    private const int UsualBucket = 60;
    private const int LongestBucket = 86_400;

    private readonly RecordedChannel[] _channels =
    [
        .. settings.Channels.Select(channel => new RecordedChannel(channel.Id, channel.Terms, channel.Submit.Concurrency)),
    ];

    public Task ExportAsync(HttpContext context, string? from, string? to, string? bucket) =>
        door.EnterAsync(context, isChange: false, async _ =>
        {
            var errors = new FieldErrors();
            var (begin, end) = (Moment("from", from, errors), Moment("to", to, errors));
            var seconds = UsualBucket;
            var isNumber = bucket is null || int.TryParse(bucket, CultureInfo.InvariantCulture, out seconds);
            if (!isNumber || seconds is < 1 or > LongestBucket)
            {
                errors.Add("bucket", $"must be whole seconds from 1 to {LongestBucket}");
            }

            if (!errors.Any && begin >= end)
            {
                errors.Add("to", "must be later than from");
            }

            if (errors.Any)
            {
                return Refusals.Invalid(errors.All);
            }

            await WriteAsync(context, begin, end, TimeSpan.FromSeconds(seconds));
            return null;
        });

    private async Task WriteAsync(HttpContext context, DateTimeOffset from, DateTimeOffset to, TimeSpan bucket)
    {
        context.Response.ContentType = MediaTypeNames.Text.Csv + "; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var recorder = new TraceRecorder(_channels, bucket);
        await SendAsync(context, TraceFormat.Header + "\n");
        Payment? last = null;
        while (true)
        {
            var page = await history.PageAsync(from, to, last, Page, context.RequestAborted);
            foreach (var payment in page)
            {
                await SendAsync(context, Lines(recorder.Add(payment)));
            }

            if (page.Count < Page)
            {
                break;
            }

            last = page[^1];
        }

        await SendAsync(context, Lines(recorder.Finish()));
    }

    private static Task SendAsync(HttpContext context, string text) => text.Length == 0
        ? Task.CompletedTask
        : context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).AsTask();

    private static string Lines(IReadOnlyList<TraceRow> rows) =>
        string.Concat(rows.Select(row => TraceFormat.Write(row) + "\n"));

    private static DateTimeOffset Moment(string name, string? text, FieldErrors errors)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment))
        {
            errors.Add(name, "must be a time such as 2026-12-01T00:00:00Z");
        }

        return moment;
    }
}
