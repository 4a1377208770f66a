using System.Collections.Immutable;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <summary>Where an operator has put the channel. <c>NoOwner</c>: no node answers for it at the moment.</summary>
public enum ChannelLifecycle
{
    Active = 1,
    Disabled = 2,
    Draining = 3,
    NoOwner = 4,

    /// <summary>By its configuration, not by an operator: it gets nothing new, and is asked until all is known.</summary>
    Retired = 5,
}

/// <summary>What a signal tells of its submit.</summary>
public enum SignalKind
{
    Ended = 0,
    Dispatched = 1,

    /// <summary>The truth about a submit that had ended without.</summary>
    Corrected = 2,
}

/// <summary>A submit that began, ended, or became known, as every router learns of it.</summary>
/// <remarks>Product and bank are what success rates are kept by.</remarks>
public readonly record struct SubmitSignal(Product Product, string? Bank, CallVerdict Verdict, OutcomeClass Class)
{
    public SignalKind Kind { get; init; }

    /// <summary>The submit's number at its channel: grows with each, also from one owner to the next.</summary>
    public long Number { get; init; }

    /// <summary>Of whom it is, as far as routing must know.</summary>
    public Source Source { get; init; }

    /// <summary>How long before the report it happened.</summary>
    public TimeSpan Age { get; init; }
}

/// <summary>
/// What a channel tells every router, at most ten times a second: its state and, in order, what began and ended since the last
/// report. <c>Epoch</c> grows with each owner, <c>Sequence</c> by one with each report of an owner.
/// </summary>
public sealed record ChannelReport(
    ChannelId Channel, long Epoch, long Sequence, ChannelLifecycle Lifecycle, double Weight,
    LaneReport Submit, LaneReport Query, ImmutableArray<SubmitSignal> Signals)
{
    /// <summary>The channel has said that it takes no orders until then, UTC; also when that is over.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>The submit lane sends nothing until then, UTC, since the channel was too busy; also when that is over.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>When the submit lane's breaker opened, UTC, if the channel has not proved itself since.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
