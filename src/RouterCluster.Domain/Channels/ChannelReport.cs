using System.Collections.Immutable;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Channels;

/// <summary>Where an operator has put the channel. <c>NoOwner</c>: no node answers for it at the moment.</summary>
public enum ChannelLifecycle
{
    Active = 1,
    Disabled = 2,
    Draining = 3,
    NoOwner = 4,
}

public enum BreakerState
{
    Closed = 0,
    HalfOpen = 1,
    Open = 2,
    Isolated = 3,
}

/// <summary>One lane as it is at a moment.</summary>
/// <param name="Budget">Calls that may be in flight at once.</param>
/// <param name="QueueLimit">Calls that may wait.</param>
/// <param name="RatePerSecond">The rate in force, below the configured one after throttling.</param>
/// <param name="ProbePermits">Calls that a half-open breaker lets through now.</param>
public sealed record LaneReport(
    BreakerState Breaker, int InFlight, int Budget, int Queue, int QueueLimit,
    double RatePerSecond, double P50Ms, double P99Ms, int ProbePermits);

/// <summary>One finished submit, as every router learns of it.</summary>
/// <remarks>Product and bank are what success rates are kept by.</remarks>
public readonly record struct SubmitSignal(Product Product, string? Bank, CallVerdict Verdict, OutcomeClass Class);

/// <summary>
/// What a channel tells every router, at most ten times a second: its state and, in order, what ended since the last
/// report. <c>Epoch</c> grows with each owner, <c>Sequence</c> by one with each report of an owner.
/// </summary>
public sealed record ChannelReport(
    ChannelId Channel, long Epoch, long Sequence, ChannelLifecycle Lifecycle, double Weight,
    LaneReport Submit, LaneReport Query, ImmutableArray<SubmitSignal> Signals);
