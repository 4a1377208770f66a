using Microsoft.AspNetCore.Mvc;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Payments;

/// <summary>Shows operators any merchant's payment, masked as the merchant sees it.</summary>
internal sealed class PaymentLookup(
    OperatorAccess access, NodeSettings settings, IReadOnlyList<MerchantSettings> merchants, PaymentNumbers numbers,
    IPayments payments)
{
    private const string Live = "live";
    private const string Sandbox = "sandbox";

    public Task GetAsync(HttpContext context, string id) => access.EnterAsync(
        context, isChange: false, _ => ReadNamedAsync(context, id, ShowAsync));

    public Task ExplainAsync(HttpContext context, string id) => access.EnterAsync(
        context, isChange: false, _ => ReadNamedAsync(context, id, ExplainAsync));

    /// <param name="mode">Null: the installation's mode first, then the other one.</param>
    public Task FindAsync(
        HttpContext context, string? merchant, [FromQuery(Name = "order_no")] string? orderNo, string? mode) =>
        access.EnterAsync(context, isChange: false, _ =>
        {
            var errors = new FieldErrors();
            if (mode is not (null or Live or Sandbox))
            {
                errors.Add("mode", $"must be {Live} or {Sandbox}");
            }

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
                : FindNamedAsync(context, new MerchantId(merchant!), orderNo!, mode);
        });

    private async Task<Refusal?> FindNamedAsync(HttpContext context, MerchantId merchant, string orderNo, string? mode)
    {
        var why = await FindAsync(context, merchant, orderNo, mode);
        return merchants.Any(configured => configured.Id == merchant)
            ? why?.Naming("payment of this merchant with order number", orderNo)
            : why?.Naming("merchant", merchant.Value, merchants.Select(configured => configured.Id.Value));
    }

    private async Task<Refusal?> FindAsync(HttpContext context, MerchantId merchant, string orderNo, string? mode)
    {
        var own = settings.Mode == ChannelMode.Live ? Live : Sandbox;
        if (mode is null || mode == own)
        {
            var why = await ReadAsync(context, payments.IdOf(merchant, orderNo), ShowAsync);
            if (why != Refusals.NotFound || mode is not null)
            {
                return why;
            }
        }

        var other = settings.Mode == ChannelMode.Live ? ChannelMode.Sandbox : ChannelMode.Live;
        var id = await numbers.OfAsync(merchant, orderNo, other, context.RequestAborted);
        return id is null ? Refusals.Unavailable : await ReadAsync(context, id, ShowAsync);
    }

    private async Task<Refusal?> ReadNamedAsync(HttpContext context, string id, Func<HttpContext, Payment, Task> show) =>
        (await ReadAsync(context, PaymentId.Parse(id), show))?.Naming("payment", id);

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
