using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Payments;

internal static class WebhookView
{
    /// <summary>
    /// The bytes that are stored, signed and sent: the payment in the form of <c>GET /v1/payments/{id}</c>.
    /// </summary>
    public static byte[] Render(NotificationType type, Payment payment) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody(type.Name(), payment.UpdatedAt, payment.ToBody()), ApiJson.Default.WebhookBody);
}
