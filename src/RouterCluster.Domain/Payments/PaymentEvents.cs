using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

public abstract record PaymentEvent(DateTimeOffset At);

public sealed record PaymentAccepted(DateTimeOffset At, PaymentContent Content, DateTimeOffset ExpiresAt) : PaymentEvent(At);

/// <summary>Committed before the first byte leaves.</summary>
public sealed record AttemptStarted(
    DateTimeOffset At, int No, ChannelId Channel, DateTimeOffset SendBefore, RouteReasons Reasons) : PaymentEvent(At)
{
    /// <summary>Null if it was stored before targets were.</summary>
    public ChannelTarget? Target { get; init; }
}

public sealed record AttemptUnresolved(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At)
{
    /// <summary>Null if it was stored before sources were; the same holds for other events.</summary>
    public ReportSource? Source { get; init; }
}

/// <summary>A payout's end as a notice claims it: asked about at once, and no end before a query confirms it.</summary>
public sealed record AttemptClaimed(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At);

public sealed record AttemptEnded(DateTimeOffset At, int No, Outcome Outcome) : PaymentEvent(At)
{
    public ReportSource? Source { get; init; }
}

public sealed record PaymentSucceeded(DateTimeOffset At) : PaymentEvent(At);

public sealed record PaymentFailed(DateTimeOffset At, PaymentFailure Failure) : PaymentEvent(At);

public sealed record PaymentRecalled(DateTimeOffset At, Payment Payment) : PaymentEvent(At);

public sealed record PaymentClosed(DateTimeOffset At) : PaymentEvent(At);

public sealed record PaymentSuspended(DateTimeOffset At) : PaymentEvent(At);

public sealed record CaseOpened(DateTimeOffset At, CaseReason Reason, int AttemptNo, string Evidence) : PaymentEvent(At)
{
    /// <summary>The channel's report; null for cases without one.</summary>
    public Outcome? Told { get; init; }

    public Outcome? Against { get; init; }

    public ReportSource? Source { get; init; }
}

/// <summary>Counts while the channel answered other questions. Merchants are not told of it.</summary>
public sealed record AttemptStillUnknown(DateTimeOffset At, int No, TimeSpan For) : PaymentEvent(At);
