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
            Merchant: caller.Merchant.Id, Since: TimeOf(query.From, "created_from", errors),
            Until: TimeOf(query.To, "created_to", errors))
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

    private DateTimeOffset? TimeOf(string? text, string field, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (PaymentFilterReader.TryMoment(text, clock.Utc, out var moment))
        {
            return moment;
        }

        errors.Add(field, PaymentFilterReader.Moment.Says);
        return null;
    }
}
