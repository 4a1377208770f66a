using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

internal sealed class StrayNoticeEndpoints(OperatorAccess access, IStrayNotices notices)
{
    public Task ListAsync(HttpContext context, string? cursor, string? limit) =>
        access.EnterAsync(context, isChange: false, _ => Paging.ShowAsync(limit, async size =>
        {
            var page = await notices.ListAsync(size, cursor, context.RequestAborted);
            var items = page.Items.Select(stray => new NoticeBody(
                stray.Id, stray.Channel.Value, stray.OrderNo, stray.Reason, stray.Class, stray.Code, stray.Message, stray.Amount,
                stray.Currency, stray.ChannelOrderNo, stray.ReceivedAt, stray.Times));
            await context.JsonAsync(200, new ListBody<NoticeBody>([.. items], page.Next), ApiJson.Default.NoticeList);
        }));
}
