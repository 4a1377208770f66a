namespace RouterCluster.Domain.Lanes;

/// <summary>One lane's limits. Operators can change concurrency and rate while it runs.</summary>
/// <param name="Concurrency">Calls in flight at once, as the channel sees it; also the burst of the rate.</param>
/// <param name="Queue">Calls that may wait.</param>
/// <param name="QueueDeadline">How long a call may wait before it is turned away as not sent.</param>
/// <param name="Timeout">How long one call may take.</param>
/// <param name="Linger">
/// How long a permit stays taken after a call that was given up: the channel sees the connection close later.
/// </param>
public sealed record LaneSettings(
    int Concurrency, double RatePerSecond, int Queue, TimeSpan QueueDeadline, TimeSpan Timeout, TimeSpan Linger, BreakerSettings Breaker)
{
    /// <summary>The longest pause that the lane makes when the channel asks for one.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest time for which the channel's announcement is believed that it takes no orders, or none of a kind.
    /// </summary>
    public TimeSpan LongestClosing { get; init; } = TimeSpan.FromHours(24);
}

/// <param name="FailureRatio">Share of faults, 0–1, from which the breaker opens.</param>
/// <param name="MinimumCalls">Calls in the window below which it never opens.</param>
/// <param name="OpenFor">How long it lets no call through before it probes.</param>
/// <param name="Probes">
/// Calls let through at once while half open. So many calls close it, if the share of faults stays below the ratio.
/// </param>
public sealed record BreakerSettings(double FailureRatio, int MinimumCalls, TimeSpan Window, TimeSpan OpenFor, int Probes);
