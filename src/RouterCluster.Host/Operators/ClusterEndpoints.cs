using RouterCluster.Actors.Storage;
using RouterCluster.Api;
using RouterCluster.Host.Access;
using RouterCluster.Host.Replies;

namespace RouterCluster.Host.Operators;

/// <summary>The cluster, and the lists of what people should know of.</summary>
internal sealed class ClusterEndpoints(
    OperatorDoor door, IClusterView cluster, ICaseList cases, IAuditLog audit, IStrayNotices notices)
{
    private const int UsualPage = 100;
    private const int LongestPage = 1000;

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

    public Task CasesAsync(HttpContext context, string? cursor, string? limit) =>
        PageAsync(context, limit, async size =>
        {
            var page = await cases.GetAsync(cursor, size, context.RequestAborted);
            await context.JsonAsync(200, page, ApiJson.Default.CaseList);
        });

    public Task AuditAsync(HttpContext context, string? cursor, string? limit) =>
        PageAsync(context, limit, async size =>
        {
            var page = await audit.GetAsync(cursor, size, context.RequestAborted);
            await context.JsonAsync(200, page, ApiJson.Default.AuditList);
        });

    public Task NoticesAsync(HttpContext context, string? cursor, string? limit) =>
        PageAsync(context, limit, async size =>
        {
            var page = await notices.ListAsync(size, cursor, context.RequestAborted);
            var items = page.Items.Select(stray => new NoticeBody(
                stray.Id, stray.Channel.Value, stray.OrderNo, stray.Reason, stray.Class, stray.Code, stray.Message, stray.Amount,
                stray.Currency, stray.ChannelOrderNo, stray.ReceivedAt, stray.Times));
            await context.JsonAsync(200, new ListBody<NoticeBody>([.. items], page.Next), ApiJson.Default.NoticeList);
        });

    private Task PageAsync(HttpContext context, string? limit, Func<int, Task> show) =>
        door.EnterAsync(context, isChange: false, async _ =>
        {
            var size = UsualPage;
            if (limit is not null && (!int.TryParse(limit, out size) || size < 1 || size > LongestPage))
            {
                return Refusals.Invalid("limit", $"must be a whole number from 1 to {LongestPage}");
            }

            try
            {
                await show(size);
                return null;
            }
            catch (FormatException)
            {
                return Refusals.Invalid("cursor", "must be the next of a page before");
            }
        });
}
