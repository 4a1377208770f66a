using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary>What is asked of a payment. <c>At</c> is UTC, stamped once, by the book.</summary>
public abstract record PaymentCommand(DateTimeOffset At);

/// <param name="DuplicateOf">Another number of the same account and amount: people decide, and nothing is sent.</param>
public sealed record AcceptPayment(
    DateTimeOffset At, PaymentId Id, PaymentContent Content, DateTimeOffset ExpiresAt, NextAttempt First,
    string? DuplicateOf = null) : PaymentCommand(At);

/// <summary>A channel, or our own lane, has spoken of an attempt.</summary>
/// <param name="NotFoundIsFinal">Queries agreed over the channel's documented delay: "not found" may be believed.</param>
/// <param name="Next">Where to go if the outcome permits another channel; null: nowhere now.</param>
/// <param name="Hold">With no <paramref name="Next"/>: keep the payment for a channel that may come free.</param>
/// <param name="ByNotice">The channel said it by itself: of a payout's end that alone proves nothing.</param>
public sealed record RecordOutcome(
    DateTimeOffset At, int AttemptNo, Outcome Outcome, bool NotFoundIsFinal = false, NextAttempt? Next = null, bool Hold = false,
    bool ByNotice = false)
    : PaymentCommand(At)
{
    /// <summary>Who says it, where that is another account than the attempt was sent to; else null.</summary>
    public ChannelTarget? Elsewhere { get; init; }
}

/// <summary>The channel has answered questions for long enough, and the attempt's end is still not known.</summary>
public sealed record SuspendUnknown(DateTimeOffset At, int AttemptNo) : PaymentCommand(At);

/// <summary>Stores how long the attempt has been unknown while its channel answered other questions.</summary>
public sealed record CountUnknown(DateTimeOffset At, int AttemptNo, TimeSpan For) : PaymentCommand(At);

public sealed record StartAttempt(DateTimeOffset At, NextAttempt Next) : PaymentCommand(At);

/// <summary>No channel came free in time.</summary>
public sealed record EndWithoutChannel(DateTimeOffset At) : PaymentCommand(At);

/// <summary>A chosen channel, why, and the moment after which nothing may be sent.</summary>
public sealed record NextAttempt(ChannelId Channel, DateTimeOffset SendBefore, RouteReasons Reasons)
{
    public ChannelTarget? Target { get; init; }
}

/// <param name="MaxAttempts">Attempts that reached a channel, per payment.</param>
public sealed record PaymentRules(int MaxAttempts);

public enum PaymentRefusal
{
    OtherContent,
    NoSuchPayment,
    NoSuchAttempt,
    AttemptStillOpen,
    PaymentEnded,
    TooManyAttempts,
    Expired,

    /// <summary>It is not suspended and has no open case.</summary>
    NothingToDecide,

    /// <summary>No attempt is open whose channel could be asked.</summary>
    NothingToAsk,

    /// <summary>Only what was suspended before anything was sent can be released.</summary>
    NothingToRelease,

    /// <summary>What was never sent cannot have succeeded.</summary>
    NothingWasSent,
    NoSuchProposal,
    TooManyProposals,

    /// <summary>Who proposes cannot settle it.</summary>
    SamePerson,
    ProposalSettled,
    ProposalExpired,

    /// <summary>Not the proposal's digest: the approver was shown something else.</summary>
    WrongDigest,

    /// <summary>The payment is no longer what was proposed upon.</summary>
    ContentChanged,
}

/// <summary>Events, none when the command already took effect, or a refusal.</summary>
public readonly record struct PaymentDecision(ImmutableArray<PaymentEvent> Events, PaymentRefusal? Refusal)
{
    public static readonly PaymentDecision NothingNew = new([], null);

    public static PaymentDecision Refuse(PaymentRefusal refusal) => new([], refusal);

    public static PaymentDecision Of(params ImmutableArray<PaymentEvent> events) => new(events, null);
}
