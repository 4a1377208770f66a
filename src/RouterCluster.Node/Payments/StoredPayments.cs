using RouterCluster.Api;
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

    /// <summary>Answers with the closed payment, or returns why it is not closed.</summary>
    public static async Task<Refusal?> ShowCancelledAsync(this IPayments payments, HttpContext context, PaymentId id)
    {
        var answer = await payments.CancelAsync(id, context.RequestAborted);
        if (answer is not BookAnswer.Stored stored)
        {
            return PaymentRefusals.OfCancel(answer);
        }

        await context.JsonAsync(StatusCodes.Status200OK, stored.Payment.ToBody(), ApiJson.Default.PaymentBody);
        return null;
    }
}
