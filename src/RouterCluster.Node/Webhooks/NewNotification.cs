using System.Collections.Frozen;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Webhooks;

/// <param name="Body">The bytes to sign and send; they never change.</param>
public sealed record NewNotification(
    NotificationId Id, MerchantId Merchant, PaymentId Payment, NotificationType Type, string Url, byte[] Body, DateTimeOffset At);

/// <summary>Makes the webhook for a payment's change.</summary>
public interface INoticeSource
{
    /// <summary>Null when the merchant is not told of the payment's state.</summary>
    NewNotification? Of(Payment payment);
}

/// <summary>
/// By the current configuration: the payment's own URL or else its merchant's, and no webhook without a secret to sign
/// it. The API renders the body.
/// </summary>
public sealed class PaymentNotices(
    IEnumerable<MerchantSettings> merchants, Func<NotificationType, Payment, byte[]> render) : INoticeSource
{
    private readonly FrozenDictionary<MerchantId, MerchantSettings> _merchants = merchants
        .Where(merchant => merchant.MayBeNotified)
        .ToFrozenDictionary(merchant => merchant.Id);

    public NewNotification? Of(Payment payment) =>
        payment.State.Notification() is { } type
        && _merchants.TryGetValue(payment.Content.Merchant, out var merchant)
        && (payment.Content.NotifyUrl ?? merchant.NotifyUrl) is { } url
            ? new NewNotification(
                NotificationId.Of(payment.Id, type, payment.LastChange), merchant.Id, payment.Id, type, url,
                render(type, payment), payment.UpdatedAt)
            : null;
}
