using RouterCluster.Api;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>Lists any merchant's payments, as the read model has them, for operators.</summary>
internal sealed class PaymentList(OperatorAccess access, PaymentLookup lookup, IPaymentHistory history, RouterClock clock)
{
    /// <summary>With a merchant's number it is one payment, which its book answers.</summary>
    public Task FindAsync(HttpContext context, [AsParameters] PaymentListQuery query) => query.OrderNo is null
        ? ListAsync(context, query)
        : lookup.FindAsync(context, query.Merchant, query.OrderNo, query.Mode);

    private Task ListAsync(HttpContext context, PaymentListQuery query) => access.EnterAsync(context, isChange: false, _ =>
    {
        var errors = new FieldErrors();
        var filter = PaymentFilterReader.Read(query, clock.Utc, errors);
        if (query.Mode is not null)
        {
            errors.Add("mode", "needs order_no");
        }

        return Paging.ShowAsync(query.Limit, errors, async limit =>
        {
            var page = await history.ReadPageAsync(filter, query.Cursor, limit, context.RequestAborted);
            await context.JsonAsync(
                200, new ListBody<PaymentBody>([.. page.Items.Select(payment => payment.ToBody())], page.Next),
                ApiJson.Default.PaymentList);
        });
    });
}
