using System.Collections.Frozen;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Webhooks;

/// <param name="Url">Null: it is not sent, and only kept for the merchant's list of events.</param>
/// <param name="Body">The bytes to sign and send; they never change.</param>
/// <param name="At">When it was written down.</param>
public sealed record NewWebhook(
    NotificationId Id, MerchantId Merchant, PaymentId Payment, NotificationType Type, string? Url, byte[] Body, DateTimeOffset At)
{
    public bool IsSent => Url is not null;
}

/// <summary>Makes the webhook for a payment's change.</summary>
public interface IWebhookSource
{
    /// <summary>Null when the merchant is not told of the payment's state.</summary>
    NewWebhook? Of(Payment payment);
}

/// <summary>
/// By the current configuration: the payment's own URL or else its merchant's. Without a secret to sign it, or a URL, it is
/// not sent, and kept as an event where events are kept. The API renders the body.
/// </summary>
public sealed class PaymentWebhooks(
    ListInForce<MerchantSettings> merchants, Func<NotificationType, Payment, byte[]> render) : IWebhookSource
{
    private readonly ListInForce<MerchantSettings>.Derived<FrozenDictionary<MerchantId, MerchantSettings>> _merchants =
        merchants.Derive(all => all.ToFrozenDictionary(merchant => merchant.Id));

    /// <summary>Off: what is not sent is not kept either.</summary>
    public bool KeepsUnsent { get; init; }

    /// <summary>Read when a webhook is made; null: it is written down at the payment's own time.</summary>
    public TimeProvider? Clock { get; init; }

    public PaymentWebhooks(IEnumerable<MerchantSettings> merchants, Func<NotificationType, Payment, byte[]> render)
        : this(new ListInForce<MerchantSettings>([.. merchants]), render)
    {
    }

    public NewWebhook? Of(Payment payment)
    {
        if (payment.State.Notification() is not { } type
            || !_merchants.Value.TryGetValue(payment.Content.Merchant, out var merchant))
        {
            return null;
        }

        var url = merchant.MayBeNotified ? payment.Content.NotifyUrl ?? merchant.NotifyUrl : null;
        return url is null && !KeepsUnsent
            ? null
            : new NewWebhook(
                NotificationId.Of(payment.Id, type, payment.LastChange), merchant.Id, payment.Id, type, url,
                render(type, payment), Clock?.GetUtcNow() ?? payment.UpdatedAt);
    }
}
