using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Audit;

internal sealed class AuditEndpoints(OperatorAccess access, IAuditLog audit)
{
    public Task ListAsync(HttpContext context, string? cursor, string? limit) =>
        access.EnterAsync(context, isChange: false, _ => Paging.ShowAsync(limit, async size =>
        {
            var page = await audit.GetAsync(cursor, size, context.RequestAborted);
            await context.JsonAsync(200, page, ApiJson.Default.AuditList);
        }));
}
