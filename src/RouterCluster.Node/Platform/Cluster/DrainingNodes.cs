using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using AkkaCluster = Akka.Cluster.Cluster;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// The members that are draining, as far as this node has heard. Read from any thread; <see cref="DrainActor"/> writes.
/// </summary>
public sealed class DrainingNodes
{
    private ImmutableHashSet<UniqueAddress> _nodes = [];

    public bool Contains(Address node) => Volatile.Read(ref _nodes).Any(draining => draining.Address == node);

    /// <summary>Whether another member would take what this node owns.</summary>
    public bool OthersTake(AkkaCluster cluster) => cluster.State.Members.Any(member =>
        member.Status == MemberStatus.Up && member.Address != cluster.SelfAddress
        && !cluster.State.Unreachable.Contains(member) && !Contains(member.Address));

    public void Set(UniqueAddress node, bool isDraining) => ImmutableInterlocked.Update(
        ref _nodes, isDraining ? nodes => nodes.Add(node) : nodes => nodes.Remove(node));
}
