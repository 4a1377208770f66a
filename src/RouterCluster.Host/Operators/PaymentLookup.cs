using Microsoft.AspNetCore.Mvc;
using RouterCluster.Actors.Payments;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Host.Access;
using RouterCluster.Host.Ingress;
using RouterCluster.Host.Replies;
using RouterCluster.Host.Requests;

namespace RouterCluster.Host.Operators;

/// <summary>Operators look at any merchant's payment, as masked as the merchant sees it.</summary>
internal sealed class PaymentLookup(OperatorDoor door, IPayments payments)
{
    public Task GetAsync(HttpContext context, string id) => door.EnterAsync(
        context, isChange: false, _ => ReadAsync(context, PaymentId.Parse(id), ShowAsync));

    public Task ExplainAsync(HttpContext context, string id) => door.EnterAsync(
        context, isChange: false, _ => ReadAsync(context, PaymentId.Parse(id), ExplainAsync));

    public Task FindAsync(HttpContext context, string? merchant, [FromQuery(Name = "order_no")] string? orderNo) =>
        door.EnterAsync(context, isChange: false, _ =>
        {
            var errors = new FieldErrors();
            if (string.IsNullOrEmpty(merchant))
            {
                errors.Add("merchant", "is required");
            }

            if (orderNo is null || !PaymentReader.OrderNo.Fits(orderNo))
            {
                errors.Add("order_no", PaymentReader.OrderNo.Says);
            }

            return errors.Any
                ? Task.FromResult<Refusal?>(Refusals.Invalid(errors.All))
                : ReadAsync(context, payments.IdOf(new MerchantId(merchant!), orderNo!), ShowAsync);
        });

    private async Task<Refusal?> ReadAsync(HttpContext context, PaymentId? id, Func<HttpContext, Payment, Task> show)
    {
        var (payment, refusal) = await payments.FindAsync(id, context.RequestAborted);
        if (payment is not null)
        {
            await show(context, payment);
        }

        return refusal;
    }

    private static Task ShowAsync(HttpContext context, Payment payment) =>
        context.JsonAsync(200, payment.ToBody(), ApiJson.Default.PaymentBody);

    private static Task ExplainAsync(HttpContext context, Payment payment) =>
        context.JsonAsync(200, payment.ToExplanation(), ApiJson.Default.ExplainBody);
}
