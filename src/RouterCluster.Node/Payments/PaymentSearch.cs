using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Finds payments by any of their numbers: the router's id, our number of an attempt, the channel's number of it, or a
/// merchant's number, which several merchants may use. Ids follow from all but the channel's, which has an index.
/// </summary>
internal sealed class PaymentSearch(
    OperatorAccess access, NodeSettings node, IReadOnlyList<MerchantSettings> merchants, IPayments payments,
    IPaymentHistory history)
{
    private const int MostOfOneNumber = 20;

    /// <summary>Books that are asked at once; with many merchants the questions take turns.</summary>
    private const int AtOnce = 64;

    public static readonly TextRule Number = TextRule.Letters(
        1, 128, "printable ASCII characters", "!-~", letter => letter is > ' ' and < '\u007f');

    /// <summary>Keys of the other mode have payments of their own.</summary>
    private readonly ChannelMode?[] _modes =
        [null, .. Enum.GetValues<ChannelMode>().Where(mode => mode != node.Mode).Select(mode => (ChannelMode?)mode)];

    public Task FindAsync(HttpContext context, string? number) => access.EnterAsync(context, isChange: false, async _ =>
    {
        if (number is null || !Number.Fits(number))
        {
            return Refusals.Invalid("number", Number.Says);
        }

        var ofChannel = await history.OfChannelNumberAsync(number, MostOfOneNumber, context.RequestAborted);
        var (found, refusal) = await FindAllAsync([.. Ids(number).Concat(ofChannel).Distinct()], context.RequestAborted);
        if (refusal is not null && found.Count == 0)
        {
            return refusal;
        }

        var items = found.OrderByDescending(payment => payment.CreatedAt).Select(payment => payment.ToBody()).ToArray();
        await context.JsonAsync(200, new ListBody<PaymentBody>(items, Next: null), ApiJson.Default.PaymentList);
        return null;
    });

    private IEnumerable<PaymentId> Ids(string number)
    {
        if (PaymentId.Parse(number) is { } own)
        {
            yield return own;
        }

        if (PaymentId.ParseAttempt(number) is var (ofAttempt, _))
        {
            yield return ofAttempt;
        }

        if (!PaymentReader.OrderNo.Fits(number))
        {
            yield break;
        }

        foreach (var merchant in merchants)
        {
            foreach (var mode in _modes)
            {
                yield return payments.IdOf(merchant.Id, number, mode);
            }
        }
    }

    /// <summary>With the refusal of a book that cannot say at the moment, if there is one.</summary>
    private async Task<(List<Payment> Found, Refusal? Refusal)> FindAllAsync(
        IReadOnlyList<PaymentId> ids, CancellationToken cancellation)
    {
        var found = new List<Payment>();
        Refusal? unsure = null;
        foreach (var some in ids.Chunk(AtOnce))
        {
            foreach (var (payment, refusal) in await Task.WhenAll(some.Select(id => payments.FindAsync(id, cancellation))))
            {
                if (payment is not null)
                {
                    found.Add(payment);
                }
                else if (refusal != Refusals.NotFound)
                {
                    unsure = refusal;
                }
            }
        }

        return (found, unsure);
    }
}
