using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

internal sealed class ClusterEndpoints(OperatorAccess access, IClusterView cluster)
{
    public Task GetAsync(HttpContext context) => access.EnterAsync(context, isChange: false, async _ =>
    {
        await context.JsonAsync(200, await cluster.GetAsync(context.RequestAborted), ApiJson.Default.ClusterBody);
        return null;
    });
}
