using System.Globalization;
using RouterCluster.Simulator.Books;
using RouterCluster.Simulator.Listening;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Channels;

/// <summary>
/// One submit or query. It stops counting just before its answer is written, so that a caller who has read the answer and
/// calls again never finds the old call still counted. Without an answer it counts until the connection closes.
/// </summary>
internal sealed class Call(
    HttpContext context, PortConnection connection, SimulatedChannel channel, CallKind kind) : IDisposable
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    private readonly ConcurrencyGauge _gauge = channel.Gauge(kind);
    private readonly DateTime _at = DateTime.UtcNow;
    private bool _hasLeft;

    /// <summary>Open calls of this kind when this one began, itself included.</summary>
    public int Concurrent { get; } = channel.Gauge(kind).Enter();

    public HttpContext Http => context;

    public SimulatedChannel Channel => channel;

    public void Dispose()
    {
        if (!_hasLeft)
        {
            _hasLeft = true;
            _gauge.Leave();
        }
    }

    public void Log(string orderNo, long amount, Order? booked = null) =>
        channel.Log.Add(new CallEntry(_at, orderNo, amount, kind, booked));

    /// <summary>Ends earlier if the caller goes away.</summary>
    public async ValueTask DelayAsync(int milliseconds)
    {
        if (milliseconds > 0)
        {
            await Task.Delay(milliseconds, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void AskForPause(int seconds)
    {
        if (seconds > 0)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    public Task AnswerAsync(int status, SignedMessage message)
    {
        var response = context.Response;
        response.Headers["X-Timestamp"] = message.Timestamp;
        response.Headers["X-Signature"] = message.Signature;
        return WriteAsync(status, "application/json", message.Body);
    }

    public Task AnswerUnsignedAsync(int status, string contentType, byte[] body) =>
        WriteAsync(status, contentType, body);

    public void Reset()
    {
        Dispose();
        context.Abort();
    }

    /// <summary>Never answers: waits until the caller gives up, at most ten minutes.</summary>
    public async Task HoldAsync()
    {
        await Task.Delay(LongestHold, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Reset();
    }

    private Task WriteAsync(int status, string contentType, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!connection.Port.IsListening)
        {
            response.Headers.Connection = "close";
        }

        Dispose();
        return response.Body.WriteAsync(body).AsTask();
    }
}
