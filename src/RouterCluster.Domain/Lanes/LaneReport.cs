using System.Collections.Immutable;

namespace RouterCluster.Domain.Lanes;

public enum BreakerState
{
    Closed = 0,
    HalfOpen = 1,
    Open = 2,
    Isolated = 3,
}

/// <param name="RatePerSecond">The rate in force, below the configured one after throttling.</param>
public sealed record LaneReport(
    BreakerState Breaker, int InFlight, int Budget, int Queue, int QueueLimit,
    double RatePerSecond, double P50Ms, double P99Ms, int ProbePermits)
{
    public ThrottleReport? Throttle { get; init; }

    public ImmutableArray<ClosedPart> ClosedParts { get; init; } = [];

    public bool HasFailed { get; init; }
}

/// <summary>The channel has lately refused calls as too many.</summary>
/// <param name="Tokens">Calls that could start at once, less the waiting calls; below 0 when more wait.</param>
public sealed record ThrottleReport(TimeSpan PausedFor, double Tokens);
