using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

internal sealed class ClusterEndpoints(OperatorAccess access, IClusterView cluster, IClusterMembers members)
{
    public Task GetAsync(HttpContext context) => access.EnterAsync(context, isChange: false, async _ =>
    {
        await context.JsonAsync(200, await cluster.GetAsync(context.RequestAborted), ApiJson.Default.ClusterBody);
        return null;
    });

    public Task DrainAsync(HttpContext context, string address) => ChangeAsync(context, address, MemberMove.Drain);

    public Task RejoinAsync(HttpContext context, string address) => ChangeAsync(context, address, MemberMove.Rejoin);

    public Task DownAsync(HttpContext context, string address) => ChangeAsync(context, address, MemberMove.Down);

    /// <summary>A slash within one part of a path stays escaped.</summary>
    private Task ChangeAsync(HttpContext context, string address, MemberMove move) =>
        access.EnterAsync(context, OperatorRole.Admin, async person =>
        {
            var (change, wrong) = await JsonBody.ReadAsync(
                context.Request, person.Name, (json, by, errors) => MemberBodies.Read(json, move, by, errors));
            var why = change is null
                ? wrong
                : await members.ChangeAsync(Uri.UnescapeDataString(address), change, context.RequestAborted);
            if (why is null)
            {
                var body = await cluster.GetAsync(context.RequestAborted);
                await context.JsonAsync(200, body, ApiJson.Default.ClusterBody);
            }

            return why;
        });
}
