using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Console;

/// <summary>
/// The stream of events behind the console (<see href="https://html.spec.whatwg.org/multipage/server-sent-events.html">
/// server-sent events</see>): everything at first, then what changes. A client that reads slowly gets fewer, newer values; one
/// that connects again gets everything again.
/// </summary>
internal sealed class EventEndpoints(
    ConsoleSettings settings, OperatorAccess access, LiveFeed feed, LiveOutcomes outcomes, Readiness readiness,
    TimeProvider time)
{
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);

    /// <param name="isWithOutcomes">Counts of what is learnt of attempts, too.</param>
    public Task StreamAsync(HttpContext context, bool isWithOutcomes) => access.EnterAsync(context, isChange: false, async _ =>
    {
        if (!feed.TryWatch(settings.Streams))
        {
            return Refusals.Overloaded;
        }

        if (isWithOutcomes)
        {
            outcomes.Watch();
        }

        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, readiness.Draining);
            await RunAsync(context, isWithOutcomes, ending.Token);
        }
        catch (OperationCanceledException) when (readiness.IsDraining)
        {
            // The answer ends; the page asks another node, or this one after its start.
        }
        finally
        {
            feed.Leave();
            if (isWithOutcomes)
            {
                outcomes.Leave();
            }
        }

        return null;
    });

    private async Task RunAsync(HttpContext context, bool isWithOutcomes, CancellationToken ending)
    {
        context.Response.ContentType = EventStream;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await feed.RefreshAsync(ending);
        var body = context.Response.BodyWriter;
        Frames.Write(body, "history", feed.History.ToBody(), ConsoleJson.Default.HistoryBody);
        long seen = 0;
        while (access.IsStillIn(context))
        {
            var (values, last, next, areAll) = feed.State.Since(seen);
            Frames.Write(
                body, isWithOutcomes ? values : [.. values.Where(value => value.Topic != LiveFeed.Outcomes)], areAll);
            Frames.Write(body, "beat", new BeatBody(time.GetUtcNow()), ConsoleJson.Default.BeatBody);
            seen = last;
            await body.FlushAsync(ending);
            await Task.WhenAny(next, Task.Delay(Beat, time, ending));
            ending.ThrowIfCancellationRequested();
        }

        Frames.Write(body, "end", new BeatBody(time.GetUtcNow()), ConsoleJson.Default.BeatBody);
        await body.FlushAsync(ending);
    }

    /// <summary>One event each; channels that changed together are one event.</summary>
    private static class Frames
    {
        public static void Write<T>(System.IO.Pipelines.PipeWriter body, string name, T value, JsonTypeInfo<T> type)
        {
            Begin(body, name);
            Append(body, JsonSerializer.SerializeToUtf8Bytes(value, type));
            Append(body, "\n\n"u8);
        }

        public static void Write(System.IO.Pipelines.PipeWriter body, IReadOnlyList<LiveValue> values, bool areAll)
        {
            foreach (var other in values.Where(value => value.Topic != LiveFeed.Channels))
            {
                Begin(body, other.Topic);
                Append(body, other.Json);
                Append(body, "\n\n"u8);
            }

            var channels = values.Where(value => value.Topic == LiveFeed.Channels).ToList();
            if (channels.Count == 0)
            {
                return;
            }

            Begin(body, LiveFeed.Channels);
            Append(body, areAll ? "{\"full\":true,\"items\":["u8 : "{\"full\":false,\"items\":["u8);
            for (var at = 0; at < channels.Count; at++)
            {
                Append(body, at == 0 ? ""u8 : ","u8);
                Append(body, channels[at].Json);
            }

            Append(body, "]}\n\n"u8);
        }

        private static void Begin(System.IO.Pipelines.PipeWriter body, string name) =>
            Append(body, System.Text.Encoding.ASCII.GetBytes($"event: {name}\ndata: "));

        private static void Append(System.IO.Pipelines.PipeWriter body, ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(body.GetSpan(bytes.Length));
            body.Advance(bytes.Length);
        }
    }
}
