using System.Collections.Frozen;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Webhooks;

/// <summary>A notification as it is written with its payment.</summary>
/// <param name="Body">The bytes to sign and send; they never change again.</param>
public sealed record NewNotification(
    NotificationId Id, MerchantId Merchant, PaymentId Payment, NotificationType Type, string Url, byte[] Body, DateTimeOffset At);

/// <summary>Says what a merchant is told of a payment.</summary>
public interface INoticeSource
{
    /// <summary>Null: nothing.</summary>
    NewNotification? Of(Payment payment);
}

/// <summary>
/// By the configuration of the moment: the payment's own URL or else its merchant's, and nothing where no secret could
/// sign it. The body comes from outside, because how a payment is shown is the API's to say.
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
