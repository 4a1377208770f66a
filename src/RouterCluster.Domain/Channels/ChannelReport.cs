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

    /// <summary>
    /// By configuration, not by an operator: the channel gets no new orders, and is asked until all its orders have ended.
    /// </summary>
    Retired = 5,
}

public enum SignalKind
{
    Ended = 0,
    Dispatched = 1,

    /// <summary>The true end of a submit that had ended without one.</summary>
    Corrected = 2,
}

/// <summary>A submit that began, ended or was corrected, as every router learns of it.</summary>
/// <remarks>Success rates are kept by product and bank.</remarks>
public readonly record struct SubmitSignal(Product Product, string? Bank, CallVerdict Verdict, OutcomeClass Class)
{
    public SignalKind Kind { get; init; }

    /// <summary>The submit's number at its channel. It grows with each submit, also from one owner to the next.</summary>
    public long Number { get; init; }

    /// <summary>Whose payment it is, as far as routing must know.</summary>
    public Source Source { get; init; }

    /// <summary>The time from the event to the report.</summary>
    public TimeSpan Age { get; init; }
}

/// <summary>
/// A channel's report to every router, at most ten times a second: its state and, in order, the submits that began and
/// ended since the last report. <c>Epoch</c> grows with each owner, <c>Sequence</c> by one with each report of an owner.
/// </summary>
public sealed record ChannelReport(
    ChannelId Channel, long Epoch, long Sequence, ChannelLifecycle Lifecycle, double Weight,
    LaneReport Submit, LaneReport Query, ImmutableArray<SubmitSignal> Signals)
{
    /// <summary>The channel has announced that it takes no orders until then, UTC; also when that is over.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>
    /// The submit lane sends nothing until then, UTC, since the channel was too busy; also when that is over.
    /// </summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>When the submit lane's breaker opened, UTC, if the channel has not proved itself since.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
