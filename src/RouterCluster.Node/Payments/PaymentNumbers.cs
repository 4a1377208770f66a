using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Which payment a merchant's number names. Sandbox and live keys of one merchant have numbers of their own: those of the
/// installation's mode have the ids that they always had, those of the other mode ids apart. A payment of the other mode
/// that was stored before there were such ids is still found under the id that it has.
/// </summary>
internal sealed class PaymentNumbers(NodeSettings settings, IPayments payments)
{
    /// <summary>Null when it cannot be told at the moment.</summary>
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
