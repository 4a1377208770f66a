using System.Collections.Immutable;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// How a node finds others. The keys are Akka's own: <c>akka.cluster.seed-nodes</c> and the remoting's host name.
/// </summary>
/// <param name="SeedNodes">The first one may found the cluster.</param>
/// <param name="Host">The name or address under which other nodes reach this one.</param>
/// <param name="Address">Of this node, as the seed nodes are written.</param>
public sealed record ClusterSettings(ImmutableArray<string> SeedNodes, string Host, string Address)
{
    public static readonly ClusterSettings Alone = new([], "127.0.0.1", "");

    /// <summary>The node is a cluster of its own, and no other node works on its database.</summary>
    public bool IsAlone => SeedNodes.IsEmpty;

    public IEnumerable<string> OtherSeedNodes => SeedNodes.Where(seed => seed != Address);

    public ClusterSettings On(int port) => this with { Address = $"akka.tcp://router@{Host}:{port}" };
}
