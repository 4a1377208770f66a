using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

internal static class WebhookLogView
{
    public static NotificationBody ToBody(this WebhookEntry entry) => new(
        entry.Id.Value,
        entry.Merchant.Value,
        entry.Payment.Value,
        entry.Type.Name(),
        entry.Url,
        entry.IsSent ? entry.State.Name() : WebhookEntry.Unsent,
        entry.Attempts,
        entry.CreatedAt,
        entry.DueAt,
        entry.LastAt,
        entry.LastStatus,
        entry.LastError);
}
