using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Maps a merchant's order number to a payment id. Sandbox and live keys have numbers of their own: those of the
/// installation's mode keep the original ids, those of the other mode have ids apart. Payments of the other mode that are
/// older than this distinction are still found under their original id.
/// </summary>
internal sealed class PaymentNumbers(NodeSettings settings, IPayments payments)
{
    /// <summary>Null when the books cannot say so at the moment.</summary>
    public async ValueTask<PaymentId?> OfAsync(
        MerchantId merchant, string orderNo, ChannelMode mode, CancellationToken cancellation)
    {
        var id = payments.IdOf(merchant, orderNo);
        if (mode == settings.Mode)
        {
            return id;
        }

        return await payments.GetAsync(id, cancellation) switch
        {
            BookAnswer.Stored stored when stored.Payment.Content.Mode == mode => id,
            BookAnswer.Stored or BookAnswer.NoSuchPayment => payments.IdOf(merchant, orderNo, mode),
            BookAnswer.StillAccepting or BookAnswer.OutOfReach or BookAnswer.IdempotencyMismatch or BookAnswer.NoRoute
                or BookAnswer.NoChannelNow or BookAnswer.Refused or BookAnswer.Heard => null,
            _ => throw new UnreachableException(),
        };
    }
}
