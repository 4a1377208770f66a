using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Health;

namespace RouterCluster.Node.Health;

/// <summary>A load balancer gives merchants' requests to nodes that are there for them.</summary>
internal sealed class RoleCheck(ClusterSettings cluster) : IReadinessCheck
{
    public const string Name = "roles";

    public string? Problem() => cluster.Roles.Contains(ClusterRoles.Ingress)
        ? null
        : $"router.roles has no {ClusterRoles.Ingress}: merchants' requests go to other nodes";
}
