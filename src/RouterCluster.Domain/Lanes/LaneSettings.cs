namespace RouterCluster.Domain.Lanes;

/// <summary>Operators can change concurrency and rate while the lane runs.</summary>
/// <param name="Concurrency">Calls in flight at once, as the channel sees it; also the burst of the rate.</param>
/// <param name="QueueDeadline">How long a call may wait before it is turned away as not sent.</param>
/// <param name="Linger">A permit stays taken so long after a call that was given up: the channel sees the close later.</param>
public sealed record LaneSettings(
    int Concurrency, double RatePerSecond, int Queue, TimeSpan QueueDeadline, TimeSpan Timeout, TimeSpan Linger, BreakerSettings Breaker)
{
    /// <summary>Limits the pauses that the channel asks for.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Limits the announcements that the channel takes no orders, or none of a kind.</summary>
    public TimeSpan LongestClosing { get; init; } = TimeSpan.FromHours(24);
}

/// <param name="FailureRatio">Share of faults, 0–1, from which the breaker opens.</param>
/// <param name="MinimumCalls">Calls in the window below which it never opens.</param>
/// <param name="Probes">Calls at once while half open; so many close it, below the ratio of faults.</param>
public sealed record BreakerSettings(double FailureRatio, int MinimumCalls, TimeSpan Window, TimeSpan OpenFor, int Probes);
