using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

internal static class NotificationView
{
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
