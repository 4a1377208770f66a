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

    public sealed record IdempotencyMismatch : BookAnswer;

    /// <summary>The first request with this number is still being accepted, or it is not known whether it was stored.</summary>
    public sealed record StillAccepting : BookAnswer;

    public sealed record NoRoute(RouteReasons Reasons) : BookAnswer;

    public sealed record NoChannelNow(TimeSpan RetryAfter) : BookAnswer;

    public sealed record Refused(PaymentRefusal Why) : BookAnswer;

    public sealed record NoSuchPayment : BookAnswer;

    public sealed record Heard(NoticeFate Fate) : BookAnswer;

    /// <summary>The book cannot be asked now (recovering, moving, storage lost): says nothing of the payment.</summary>
    public sealed record OutOfReach : BookAnswer;
}
