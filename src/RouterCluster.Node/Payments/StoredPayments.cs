using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Payments;

internal static class StoredPayments
{
    /// <summary>One of the two is null. An id that no book can have is not found.</summary>
    public static async Task<(Payment? Payment, Refusal? Refusal)> FindAsync(
        this IPayments payments, PaymentId? id, CancellationToken cancellation)
    {
        if (id is not { } known)
        {
            return (null, Refusals.NotFound);
        }

        var answer = await payments.GetAsync(known, cancellation);
        return answer is BookAnswer.Stored stored
            ? (stored.Payment, null)
            : (null, answer.ToRefusal(outOfReach: Refusals.Unavailable));
    }
}
