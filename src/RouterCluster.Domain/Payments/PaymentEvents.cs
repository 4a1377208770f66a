using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary>A stored change of a payment. <c>At</c> is UTC.</summary>
public abstract record PaymentEvent(DateTimeOffset At);

public sealed record PaymentAccepted(DateTimeOffset At, PaymentContent Content, DateTimeOffset ExpiresAt) : PaymentEvent(At);

/// <summary>Committed before the first byte leaves.</summary>
public sealed record AttemptStarted(
    DateTimeOffset At, int No, ChannelId Channel, DateTimeOffset SendBefore, RouteReasons Reasons) : PaymentEvent(At)
{
    /// <summary>Null if it was stored before targets were.</summary>
    public ChannelTarget? Target { get; init; }
}

public sealed record AttemptUnresolved(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

/// <summary>A payout's end as a notice claims it: asked about at once, and no end before a query confirms it.</summary>
public sealed record AttemptClaimed(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

public sealed record AttemptEnded(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

public sealed record PaymentSucceeded(DateTimeOffset At) : PaymentEvent(At);

public sealed record PaymentFailed(DateTimeOffset At, PaymentFailure Failure) : PaymentEvent(At);

/// <summary>A payment that had left memory is stored whole again, because it has changed.</summary>
public sealed record PaymentRecalled(DateTimeOffset At, Payment Payment) : PaymentEvent(At);

public sealed record PaymentClosed(DateTimeOffset At) : PaymentEvent(At);

public sealed record PaymentSuspended(DateTimeOffset At) : PaymentEvent(At);

public sealed record CaseOpened(DateTimeOffset At, CaseReason Reason, int AttemptNo, string Evidence) : PaymentEvent(At)
{
    /// <summary>The channel's report; null for cases without one.</summary>
    public Outcome? Told { get; init; }

    /// <summary>The channel's earlier report that contradicts it.</summary>
    public Outcome? Against { get; init; }
}

/// <summary>Counts while the channel answered other questions. Merchants are not told of it.</summary>
public sealed record AttemptStillUnknown(DateTimeOffset At, int No, TimeSpan For) : PaymentEvent(At);
