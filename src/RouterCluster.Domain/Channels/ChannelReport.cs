using System.Collections.Immutable;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>An operator's decision about the channel. <c>NoOwner</c>: no node owns the channel at the moment.</summary>
public enum ChannelLifecycle
{
    Active = 1,
    Disabled = 2,
    Draining = 3,
    NoOwner = 4,

    /// <summary>By configuration: no new orders, and it is asked until all its orders have ended.</summary>
    Retired = 5,
}

public enum SignalKind
{
    Ended = 0,
    Dispatched = 1,

    Corrected = 2,
}

public readonly record struct SubmitSignal(Product Product, string? Bank, CallVerdict Verdict, OutcomeClass Class)
{
    public SignalKind Kind { get; init; }

    /// <summary>The submit's number at its channel. It grows with each submit, also from one owner to the next.</summary>
    public long Number { get; init; }

    public Source Source { get; init; }

    public TimeSpan Age { get; init; }
}

/// <summary>
/// At most ten times a second: the channel's state and, in order, the submits that began and ended since the last report.
/// <c>Epoch</c> grows with each owner, <c>Sequence</c> by one with each report.
/// </summary>
public sealed record ChannelReport(
    ChannelId Channel, long Epoch, long Sequence, ChannelLifecycle Lifecycle, double Weight,
    LaneReport Submit, LaneReport Query, ImmutableArray<SubmitSignal> Signals)
{
    /// <summary>UTC, as the channel has announced; also when that is over.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>UTC; the submit lane pauses since the channel was too busy. Also when that is over.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>
    /// UTC; the channel's new owner may not send yet, since calls of an earlier one may still run. Null: it may.
    /// </summary>
    public DateTimeOffset? NoOwnerSince { get; init; }

    /// <summary>Payments that operators keep away from the channel.</summary>
    public ImmutableArray<NumberedScope> Exclusions { get; init; } = [];

    /// <summary>Maintenance that operators have planned.</summary>
    public ImmutableArray<NumberedPlan> Planned { get; init; } = [];

    /// <summary>UTC; null once the channel has proved itself after the submit lane's breaker opened.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
