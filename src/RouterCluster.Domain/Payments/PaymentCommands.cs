using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary><c>At</c> is UTC, stamped once, by the book.</summary>
public abstract record PaymentCommand(DateTimeOffset At);

/// <param name="DuplicateOf">Another number of the same account and amount: people decide, and nothing is sent.</param>
public sealed record AcceptPayment(
    DateTimeOffset At, PaymentId Id, PaymentContent Content, DateTimeOffset ExpiresAt, NextAttempt First,
    string? DuplicateOf = null) : PaymentCommand(At);

/// <param name="NotFoundIsFinal">Queries agreed over the channel's documented delay: "not found" may be believed.</param>
/// <param name="Hold">With no <paramref name="Next"/>: keep the payment for a channel that may come free.</param>
/// <param name="Source">Null: nobody has said how the report came.</param>
public sealed record RecordOutcome(
    DateTimeOffset At, int AttemptNo, Outcome Outcome, bool NotFoundIsFinal = false, NextAttempt? Next = null, bool Hold = false,
    ReportSource? Source = null)
    : PaymentCommand(At)
{
    /// <summary>A notice alone proves nothing about a payout's end.</summary>
    public bool ByNotice => Source == ReportSource.Notification;

    /// <summary>The account that reports, if it is not the account that the attempt was sent to; else null.</summary>
    public ChannelTarget? Elsewhere { get; init; }
}

public sealed record SuspendUnknown(DateTimeOffset At, int AttemptNo) : PaymentCommand(At);

public sealed record CountUnknown(DateTimeOffset At, int AttemptNo, TimeSpan For) : PaymentCommand(At);

public sealed record StartAttempt(DateTimeOffset At, NextAttempt Next) : PaymentCommand(At);

public sealed record EndWithoutChannel(DateTimeOffset At) : PaymentCommand(At);

/// <summary>Somebody wants nothing sent. Only a payment of which nothing was ever sent can be cancelled.</summary>
public sealed record CancelPayment(DateTimeOffset At) : PaymentCommand(At);

public sealed record NextAttempt(ChannelId Channel, DateTimeOffset SendBefore, RouteReasons Reasons)
{
    public ChannelTarget? Target { get; init; }
}

public sealed record PaymentRules(int MaxAttempts);

/// <summary>The numbers travel between nodes: never re-used.</summary>
public enum PaymentRefusal
{
    OtherContent = 0,
    NoSuchPayment = 1,
    NoSuchAttempt = 2,
    AttemptStillOpen = 3,
    PaymentEnded = 4,
    TooManyAttempts = 5,
    Expired = 6,
    NothingToDecide = 7,
    NothingToAsk = 8,
    NothingToRelease = 9,
    NothingWasSent = 10,
    NoSuchProposal = 11,
    TooManyProposals = 12,
    SamePerson = 13,
    ProposalSettled = 14,
    ProposalExpired = 15,
    WrongDigest = 16,
    ContentChanged = 17,
    WasSent = 18,
    ResultUnknown = 19,
}

/// <summary>Events, none if the command already took effect, or a refusal.</summary>
public readonly record struct PaymentDecision(ImmutableArray<PaymentEvent> Events, PaymentRefusal? Refusal)
{
    public static readonly PaymentDecision NothingNew = new([], null);

    public static PaymentDecision Refuse(PaymentRefusal refusal) => new([], refusal);

    public static PaymentDecision Of(params ImmutableArray<PaymentEvent> events) => new(events, null);
}
