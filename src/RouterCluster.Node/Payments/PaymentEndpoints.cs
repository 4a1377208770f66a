using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

internal sealed partial class PaymentEndpoints(
    SharedPlaces places, ListInForce<ChannelSettings> channels, MerchantAccess access, PaymentAcceptance acceptance,
    PaymentNumbers numbers, IPayments payments, MerchantPayments list, Readiness readiness, RequestSpans spans,
    ILogger<PaymentEndpoints> logger)
{
    /// <summary>The header of an answer that repeats what an earlier request with the same number has stored.</summary>
    public const string Replayed = "Idempotent-Replayed";

    private readonly ListInForce<ChannelSettings>.Derived<TextRule> _bank = channels.Derive(
        all => PaymentReading.BankRule(all.Select(channel => channel.Terms)));

    public Task PostAsync(HttpContext context) => readiness.IsDraining
        ? context.RefuseAsync(Refusals.ShuttingDown)
        : access.EnterAsync(context, places, (caller, place) => LimitedAsync(context, caller, place));

    public Task GetAsync(HttpContext context, string id) => access.EnterAsync(
        context, places, (caller, _) => ReadAsync(context, caller, PaymentId.Parse(id)));

    public Task CancelAsync(HttpContext context, string id) => readiness.IsDraining
        ? context.RefuseAsync(Refusals.ShuttingDown)
        : access.EnterAsync(context, places, (caller, _) => CancelAsync(context, caller, PaymentId.Parse(id)));

    /// <summary>With the merchant's number alone it is one payment, which its book answers.</summary>
    public Task FindAsync(HttpContext context, [AsParameters] MerchantListQuery query) => access.EnterAsync(
        context, places,
        (caller, _) => query switch
        {
            { IsOfOne: false } => list.ListAsync(context, caller, query),
            { OrderNo: { } orderNo } when PaymentReader.OrderNo.Fits(orderNo) => FindAsync(context, caller, orderNo),
            _ => Task.FromResult<Refusal?>(Refusals.Invalid(
                "order_no", $"{PaymentReader.OrderNo.Says}; for a list give created_from, created_to or limit")),
        });

    private async Task<Refusal?> FindAsync(HttpContext context, MerchantCaller caller, string orderNo)
    {
        var id = await numbers.OfAsync(caller.Merchant.Id, orderNo, caller.Mode, context.RequestAborted);
        return id is null ? Refusals.Unavailable : await ReadAsync(context, caller, id);
    }

    private async Task<Refusal?> LimitedAsync(HttpContext context, MerchantCaller caller, SharedPlaces.Place place)
    {
        var full = caller.Limits.Enter();
        try
        {
            return await AcceptAsync(context, caller, place, full);
        }
        finally
        {
            if (full is null)
            {
                caller.Limits.Leave();
            }
        }
    }

    private async Task<Refusal?> AcceptAsync(
        HttpContext context, MerchantCaller caller, SharedPlaces.Place place, Refusal? full)
    {
        var since = spans.Now;
        var (draft, wrong) = await JsonBody.ReadAsync(
            context.Request, new PaymentReading(caller.Merchant.MayBeNotified, _bank.Value), PaymentReader.Read);
        if (draft is null)
        {
            return wrong;
        }

        var wait = new ResultWait(
            WaitPreference.Read(context.Request.Headers["Prefer"]), id => places.BeginWait(place, id));
        var (answer, refusal) = await acceptance.AcceptAsync(draft, caller, full, wait, context.RequestAborted);
        if (answer is not BookAnswer.Stored stored)
        {
            // Only a book that has looked for the number knows that it is free; an unreachable book may have it.
            return answer?.ToRefusal(outOfReach: PaymentRefusals.InProgress) ?? refusal;
        }

        refusal = await ShowAsync(context, stored);
        spans.Answered(context, stored, since);
        return refusal;
    }

    /// <summary>The payment is stored, so failing to show it must not look like a refusal.</summary>
    private async Task<Refusal?> ShowAsync(HttpContext context, BookAnswer.Stored stored)
    {
        try
        {
            context.Response.Headers.Location = $"/v1/payments/{stored.Payment.Id.Value}";
            var status = stored.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
            if (!stored.IsNew)
            {
                context.Response.Headers[Replayed] = "true";
            }

            await context.JsonAsync(status, stored.Payment.ToBody(), ApiJson.Default.PaymentBody);
            return null;
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Remove(Replayed);
            LogUnshown(exception, stored.Payment.Id);
            return PaymentRefusals.InProgress;
        }
    }

    private async Task<Refusal?> CancelAsync(HttpContext context, MerchantCaller caller, PaymentId? id)
    {
        if (await JsonBody.WhyNotEmptyAsync(context.Request) is { } wrong)
        {
            return wrong;
        }

        var (payment, refusal) = await FindOwnAsync(context, caller, id);
        return payment is null ? refusal : await payments.ShowCancelledAsync(context, payment.Id);
    }

    /// <summary>Another merchant's payment, or one of the key's other mode, does not exist for the caller.</summary>
    private async Task<(Payment? Payment, Refusal? Refusal)> FindOwnAsync(
        HttpContext context, MerchantCaller caller, PaymentId? id)
    {
        var (payment, refusal) = await payments.FindAsync(id, context.RequestAborted);
        return payment is null || payment.Content.Merchant != caller.Merchant.Id || payment.Content.Mode != caller.Mode
            ? (null, refusal ?? Refusals.NotFound)
            : (payment, null);
    }

    private async Task<Refusal?> ReadAsync(HttpContext context, MerchantCaller caller, PaymentId? id)
    {
        var (payment, refusal) = await FindOwnAsync(context, caller, id);
        if (payment is null)
        {
            return refusal;
        }

        await context.JsonAsync(StatusCodes.Status200OK, payment.ToBody(), ApiJson.Default.PaymentBody);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{PaymentId} is stored and could not be shown")]
    private partial void LogUnshown(Exception exception, PaymentId paymentId);
}
