using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Webhooks;

internal sealed partial class WebhookEndpoints(
    IReadOnlyList<MerchantSettings> merchants, OperatorAccess access, IWebhooks notifications,
    ILogger<WebhookEndpoints> logger)
{
    private static readonly string StateNames = string.Join(", ", NotificationNames.States.Select(state => state.Name()));

    public Task ListAsync(
        HttpContext context, string? merchant, string? payment, string? state, string? cursor, string? limit) =>
        access.EnterAsync(context, isChange: false, _ =>
        {
            var errors = new FieldErrors();
            var filter = ReadFilter(merchant, payment, state, errors);
            return Paging.ShowAsync(limit, errors, async size =>
            {
                var page = await notifications.ListAsync(filter, size, cursor, context.RequestAborted);
                await context.JsonAsync(
                    200,
                    new ListBody<NotificationBody>([.. page.Items.Select(entry => entry.ToBody())], page.Next),
                    ApiJson.Default.NotificationList);
            });
        });

    public Task ResendAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: true, async person =>
    {
        var entry = NotificationId.Parse(id) is { } known
            ? await notifications.ResendAsync(known, person.Name, context.RequestAborted)
            : null;
        if (entry is null)
        {
            return Refusals.NoSuch("webhook", id);
        }

        LogResent(entry.Id, entry.Merchant, person.Name);
        await context.JsonAsync(200, entry.ToBody(), ApiJson.Default.NotificationBody);
        return null;
    });

    public Task EnableAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: true, async person =>
    {
        if (merchants.FirstOrDefault(configured => configured.Id.Value == id) is not { } merchant)
        {
            return Refusals.NoSuch("merchant", id, merchants.Select(configured => configured.Id.Value));
        }

        var released = await notifications.EnableAsync(merchant.Id, person.Name, context.RequestAborted);
        LogEnabled(merchant.Id, released, person.Name);
        await context.JsonAsync(
            200, new NotificationsEnabledBody(merchant.Id.Value, released), ApiJson.Default.NotificationsEnabledBody);
        return null;
    });

    private static WebhookFilter ReadFilter(string? merchant, string? payment, string? state, FieldErrors errors)
    {
        var paymentId = PaymentId.Parse(payment);
        if (payment is not null && paymentId is null)
        {
            errors.Add("payment", "must be a payment's id");
        }

        var known = NotificationNames.ParseState(state);
        if (state is not null && known is null)
        {
            errors.Add("state", $"must be one of: {StateNames}");
        }

        return new WebhookFilter(merchant is null ? null : MerchantId.Unchecked(merchant), paymentId, known);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Notification} to {Merchant} is sent again by {Operator}")]
    private partial void LogResent(NotificationId notification, MerchantId merchant, string @operator);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Notifications to {Merchant} are enabled by {Operator}, {Released} of them were held")]
    private partial void LogEnabled(MerchantId merchant, int released, string @operator);
}
