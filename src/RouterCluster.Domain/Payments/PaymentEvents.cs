using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary>What happened to a payment, in the order in which it is stored. <c>At</c> is UTC.</summary>
public abstract record PaymentEvent(DateTimeOffset At);

public sealed record PaymentAccepted(DateTimeOffset At, PaymentContent Content, DateTimeOffset ExpiresAt) : PaymentEvent(At);

/// <summary>Committed before the first byte leaves.</summary>
public sealed record AttemptStarted(
    DateTimeOffset At, int No, ChannelId Channel, DateTimeOffset SendBefore, RouteReasons Reasons) : PaymentEvent(At)
{
    /// <summary>Where it goes; null of what was stored before this was.</summary>
    public ChannelTarget? Target { get; init; }
}

/// <summary>News of an attempt that does not end it.</summary>
public sealed record AttemptUnresolved(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

/// <summary>A payout's end as a notice tells it: asked about at once, no end before a query confirms it.</summary>
public sealed record AttemptClaimed(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

/// <summary>A success or a definite failure.</summary>
public sealed record AttemptEnded(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

public sealed record PaymentSucceeded(DateTimeOffset At) : PaymentEvent(At);

public sealed record PaymentFailed(DateTimeOffset At, PaymentFailure Failure) : PaymentEvent(At);

/// <summary>A payment that had left memory is back, because there is news of it.</summary>
public sealed record PaymentRecalled(DateTimeOffset At, Payment Payment) : PaymentEvent(At);

public sealed record PaymentClosed(DateTimeOffset At) : PaymentEvent(At);

public sealed record PaymentSuspended(DateTimeOffset At) : PaymentEvent(At);

public sealed record CaseOpened(DateTimeOffset At, CaseReason Reason, int AttemptNo, string Evidence) : PaymentEvent(At)
{
    /// <summary>What the channel said; null where its silence is the case.</summary>
    public Outcome? Told { get; init; }

    /// <summary>What the channel had said before, where the two do not go together.</summary>
    public Outcome? Against { get; init; }
}

/// <summary>How long an attempt has been unknown while its channel answered other questions. Nobody is told of it.</summary>
public sealed record AttemptStillUnknown(DateTimeOffset At, int No, TimeSpan For) : PaymentEvent(At);
