using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Payments;

/// <summary>A payment as its merchant is told of it.</summary>
internal static class WebhookView
{
    /// <summary>The bytes that are stored, signed and sent: the payment in the very form in which it is asked for.</summary>
    public static byte[] Render(NotificationType type, Payment payment) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody(type.Name(), payment.UpdatedAt, payment.ToBody()), ApiJson.Default.WebhookBody);
}
