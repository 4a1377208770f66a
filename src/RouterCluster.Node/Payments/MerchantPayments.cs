using System.Data.Common;
using RouterCluster.Api;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>Lists a merchant's own payments by time, as the read model has them.</summary>
internal sealed class MerchantPayments(IPaymentHistory history, RouterClock clock)
{
    public async Task<Refusal?> ListAsync(HttpContext context, MerchantCaller caller, MerchantListQuery query)
    {
        var errors = new FieldErrors();
        if (query.OrderNo is not null)
        {
            errors.Add("order_no", "names one payment: it takes no other parameter");
        }

        var filter = new PaymentFilter(
            Merchant: caller.Merchant.Id, Since: PaymentFilterReader.Time(query.From, "created_from", clock.Utc, errors),
            Until: PaymentFilterReader.Time(query.To, "created_to", clock.Utc, errors))
        {
            Mode = caller.Mode,
        };
        try
        {
            return await Paging.ShowAsync(query.Limit, errors, async limit =>
            {
                var page = await history.ReadPageAsync(filter, query.Cursor, limit, context.RequestAborted);
                var bodies = page.Items.Select(payment => payment.ToBody()).ToArray();
                await context.JsonAsync(200, new ListBody<PaymentBody>(bodies, page.Next), ApiJson.Default.PaymentList);
            });
        }
        catch (DbException failure) when (!context.Response.HasStarted)
        {
            return Refusals.OfStorage(failure);
        }
    }
}
