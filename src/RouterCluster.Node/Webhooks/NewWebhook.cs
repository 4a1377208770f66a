using System.Collections.Frozen;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Webhooks;

/// <param name="Body">The bytes to sign and send; they never change.</param>
public sealed record NewWebhook(
    NotificationId Id, MerchantId Merchant, PaymentId Payment, NotificationType Type, string Url, byte[] Body, DateTimeOffset At);

/// <summary>Makes the webhook for a payment's change.</summary>
public interface IWebhookSource
{
    /// <summary>Null when the merchant is not told of the payment's state.</summary>
    NewWebhook? Of(Payment payment);
}

/// <summary>
/// By the current configuration: the payment's own URL or else its merchant's, and no webhook without a secret to sign
/// it. The API renders the body.
/// </summary>
public sealed class PaymentWebhooks(
    ListInForce<MerchantSettings> merchants, Func<NotificationType, Payment, byte[]> render) : IWebhookSource
{
    private readonly ListInForce<MerchantSettings>.Derived<FrozenDictionary<MerchantId, MerchantSettings>> _merchants =
        merchants.Derive(all => all.Where(merchant => merchant.MayBeNotified).ToFrozenDictionary(merchant => merchant.Id));

    public PaymentWebhooks(IEnumerable<MerchantSettings> merchants, Func<NotificationType, Payment, byte[]> render)
        : this(new ListInForce<MerchantSettings>([.. merchants]), render)
    {
    }

    public NewWebhook? Of(Payment payment) =>
        payment.State.Notification() is { } type
        && _merchants.Value.TryGetValue(payment.Content.Merchant, out var merchant)
        && (payment.Content.NotifyUrl ?? merchant.NotifyUrl) is { } url
            ? new NewWebhook(
                NotificationId.Of(payment.Id, type, payment.LastChange), merchant.Id, payment.Id, type, url,
                render(type, payment), payment.UpdatedAt)
            : null;
}
