using RouterCluster.Api;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

/// <summary>The cluster, and the lists of what people should know of.</summary>
internal sealed class ClusterEndpoints(OperatorDoor door, IClusterView cluster, IAuditLog audit, IStrayNotices notices)
{
    public Task GetAsync(HttpContext context) => door.EnterAsync(context, isChange: false, async _ =>
    {
        await context.JsonAsync(200, cluster.Get(), ApiJson.Default.ClusterBody);
        return null;
    });

    /// <summary>No rule raises alerts inside a node; the list is what operators' tools ask for.</summary>
    public Task AlertsAsync(HttpContext context) => door.EnterAsync(context, isChange: false, async _ =>
    {
        await context.JsonAsync(200, new ListBody<AlertBody>([], Next: null), ApiJson.Default.AlertList);
        return null;
    });

    public Task AuditAsync(HttpContext context, string? cursor, string? limit) =>
        door.EnterAsync(context, isChange: false, _ => Paging.ShowAsync(limit, async size =>
        {
            var page = await audit.GetAsync(cursor, size, context.RequestAborted);
            await context.JsonAsync(200, page, ApiJson.Default.AuditList);
        }));

    public Task NoticesAsync(HttpContext context, string? cursor, string? limit) =>
        door.EnterAsync(context, isChange: false, _ => Paging.ShowAsync(limit, async size =>
        {
            var page = await notices.ListAsync(size, cursor, context.RequestAborted);
            var items = page.Items.Select(stray => new NoticeBody(
                stray.Id, stray.Channel.Value, stray.OrderNo, stray.Reason, stray.Class, stray.Code, stray.Message, stray.Amount,
                stray.Currency, stray.ChannelOrderNo, stray.ReceivedAt, stray.Times));
            await context.JsonAsync(200, new ListBody<NoticeBody>([.. items], page.Next), ApiJson.Default.NoticeList);
        }));
}
