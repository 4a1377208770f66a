using System.Collections.Concurrent;
using System.Diagnostics;
using RouterCluster.Cluster.Tests.Merchants;

namespace RouterCluster.Cluster.Tests.Isolation;

/// <summary>Payments that arrive at a steady pace on every channel, whatever becomes of those before them.</summary>
internal sealed class Phase(Merchant merchant, IReadOnlyList<string> channels, int hanging, int perSecond)
{
    private const int HealthyWait = 10;
    private const int HangingWait = 1;

    private readonly ConcurrentBag<PaymentTime> _times = [];
    private readonly string _prefix = $"P{Guid.NewGuid():N}";
    private int _last;

    public async Task<PhaseResult> RunAsync(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(channels.Select((channel, number) =>
            StreamAsync(channel, number < hanging ? HangingWait : HealthyWait, watch, duration)));
        return new PhaseResult(hanging, duration, [.. _times]);
    }

    public Task<Reply> PayAsync(string channel) => PayAsync(channel, HealthyWait);

    private Task<Reply> PayAsync(string channel, int wait) => merchant.PayAsync(
        $"{_prefix}-{Interlocked.Increment(ref _last)}", channel.ToUpperInvariant(), wait: wait);

    private Task StreamAsync(string channel, int wait, Stopwatch watch, TimeSpan duration) => OpenLoop.RunAsync(
        watch, perSecond, due => due >= duration, due => MeasureAsync(channel, wait, due, watch));

    /// <summary>From the moment it was due: a client that is held up by a slow router must not hide that.</summary>
    private async Task MeasureAsync(string channel, int wait, TimeSpan due, Stopwatch watch)
    {
        var reply = await PayAsync(channel, wait);
        _times.Add(new PaymentTime(channel, due, watch.Elapsed - due, reply.Payment?.State == "succeeded"));
    }
}

internal readonly record struct PaymentTime(string Channel, TimeSpan Due, TimeSpan Took, bool Succeeded);

internal sealed record PhaseResult(int Hanging, TimeSpan Duration, IReadOnlyList<PaymentTime> Times)
{
    /// <summary>The median of the seconds' 99th percentiles, in ms.</summary>
    public double P99(IReadOnlyList<string> of)
    {
        var seconds = Of(of).GroupBy(time => (int)time.Due.TotalSeconds).Select(second =>
        {
            var took = second.Select(time => time.Took.TotalMilliseconds).Order().ToList();
            return took[(int)Math.Ceiling(took.Count * 0.99) - 1];
        });
        var sorted = seconds.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Payments a second that succeeded.</summary>
    public double Throughput(IReadOnlyList<string> of) => Of(of).Count(time => time.Succeeded) / Duration.TotalSeconds;

    public IReadOnlyDictionary<string, int> NotSucceeded(IReadOnlyList<string> of) => Of(of)
        .GroupBy(time => time.Channel)
        .ToDictionary(channel => channel.Key, channel => channel.Count(time => !time.Succeeded));

    public override string ToString() =>
        $"{Times.Count} payments, {Times.Count(time => time.Succeeded)} succeeded in time";

    private IEnumerable<PaymentTime> Of(IReadOnlyList<string> channels)
    {
        var wanted = channels.ToHashSet();
        return Times.Where(time => wanted.Contains(time.Channel));
    }
}
