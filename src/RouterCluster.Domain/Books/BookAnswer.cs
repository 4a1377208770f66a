using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

/// <summary>What a book answers. It leaves the book only after the write that covers all state it was read from.</summary>
public abstract record BookAnswer
{
    private BookAnswer()
    {
    }

    /// <param name="IsNew">True: this very request stored the payment.</param>
    public sealed record Stored(Payment Payment, bool IsNew) : BookAnswer;

    /// <summary>Another payment, with other content, has this number.</summary>
    public sealed record IdempotencyMismatch : BookAnswer;

    /// <summary>The first request with this number is still being accepted, or it is not known whether it was stored.</summary>
    public sealed record StillAccepting : BookAnswer;

    /// <summary>No configured channel could ever take the payment. Nothing was stored.</summary>
    public sealed record NoRoute(RouteReasons Reasons) : BookAnswer;

    /// <summary>No channel can take the payment now. Nothing was stored.</summary>
    public sealed record NoChannelNow(TimeSpan RetryAfter) : BookAnswer;

    /// <summary>The payment does not permit what people asked of it. Nothing has changed.</summary>
    public sealed record Refused(PaymentRefusal Why) : BookAnswer;

    public sealed record NoSuchPayment : BookAnswer;

    /// <summary>A notification was heard, and what it changed is stored.</summary>
    public sealed record Heard(NoticeFate Fate) : BookAnswer;

    /// <summary>The book cannot be asked at the moment (recovering, moving, storage lost): says nothing of the payment.</summary>
    public sealed record OutOfReach : BookAnswer;
}
