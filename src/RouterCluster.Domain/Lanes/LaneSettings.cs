namespace RouterCluster.Domain.Lanes;

/// <summary>One lane's limits. An operator can change concurrency and rate while it runs.</summary>
/// <param name="Concurrency">Calls in flight at once, as the channel sees it; also the burst of the rate.</param>
/// <param name="Queue">Calls that may wait.</param>
/// <param name="QueueDeadline">How long a call may wait before it is turned away as not sent.</param>
/// <param name="Timeout">How long one call may take.</param>
/// <param name="Linger">How long a permit stays taken after a call that we gave up on: the channel sees the close later.</param>
public sealed record LaneSettings(
    int Concurrency, double RatePerSecond, int Queue, TimeSpan QueueDeadline, TimeSpan Timeout, TimeSpan Linger, BreakerSettings Breaker)
{
    /// <summary>For how long at most the lane does as the channel asks that says it is too busy.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long at most the channel is believed that it takes no orders, or none of a kind.</summary>
    public TimeSpan LongestClosing { get; init; } = TimeSpan.FromHours(24);
}

/// <param name="FailureRatio">Share of faults, 0–1, from which the breaker opens.</param>
/// <param name="MinimumCalls">Calls in the window below which it never opens.</param>
/// <param name="OpenFor">How long it lets nothing through before it probes.</param>
/// <param name="Probes">Calls let through at once while half open; so many, below the ratio all along, close it.</param>
public sealed record BreakerSettings(double FailureRatio, int MinimumCalls, TimeSpan Window, TimeSpan OpenFor, int Probes);
