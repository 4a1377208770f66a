using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Webhooks;

/// <summary>Notifications as merchants receive them and as operators see them.</summary>
internal static class NotificationView
{
    /// <summary>The bytes that are stored, signed and sent: the payment in the very form in which it is asked for.</summary>
    public static byte[] Render(NotificationType type, Payment payment) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody(type.Name(), payment.UpdatedAt, payment.ToBody()), ApiJson.Default.WebhookBody);

    public static NotificationBody ToBody(this NotificationEntry entry) => new(
        entry.Id.Value,
        entry.Merchant.Value,
        entry.Payment.Value,
        entry.Type.Name(),
        entry.Url,
        entry.State.Name(),
        entry.Attempts,
        entry.CreatedAt,
        entry.DueAt,
        entry.LastAt,
        entry.LastStatus,
        entry.LastError);
}
