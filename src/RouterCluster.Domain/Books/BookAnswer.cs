using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

/// <summary>Leaves the book only after the write that covers all state it was read from.</summary>
public abstract record BookAnswer
{
    private BookAnswer()
    {
    }

    public sealed record Stored(Payment Payment, bool IsNew) : BookAnswer;

    /// <summary>Another payment, with other content, has this number.</summary>
    public sealed record IdempotencyMismatch : BookAnswer;

    /// <summary>The first request with this number is still being accepted, or it is not known whether it was stored.</summary>
    public sealed record StillAccepting : BookAnswer;

    /// <summary>No configured channel could ever take the payment.</summary>
    public sealed record NoRoute(RouteReasons Reasons) : BookAnswer;

    public sealed record NoChannelNow(TimeSpan RetryAfter) : BookAnswer;

    public sealed record Refused(PaymentRefusal Why) : BookAnswer;

    public sealed record NoSuchPayment : BookAnswer;

    /// <summary>A notice was received, and its changes are stored.</summary>
    public sealed record Heard(NoticeFate Fate) : BookAnswer;

    /// <summary>The book cannot be asked now (recovering, moving, storage lost): says nothing of the payment.</summary>
    public sealed record OutOfReach : BookAnswer;
}
