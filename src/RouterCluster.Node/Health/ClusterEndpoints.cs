using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

/// <summary>The cluster, and the alerts that are active.</summary>
internal sealed class ClusterEndpoints(OperatorDoor door, IClusterView cluster)
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
}
