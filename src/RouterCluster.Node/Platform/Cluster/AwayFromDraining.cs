using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// Moves all shards away from draining nodes first, and gives these none. A draining node keeps its region and sends on
/// what comes to it. When every node is draining, all stays where it is.
/// </summary>
/// <param name="inner">Shares the shards out among the other nodes.</param>
internal sealed class AwayFromDraining(IShardAllocationStrategy inner, Func<IActorRef, bool> isDraining)
    : IActorSystemDependentAllocationStrategy
{
    public void Start(ActorSystem system) => (inner as IActorSystemDependentAllocationStrategy)?.Start(system);

    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations)
    {
        var taking = Taking(currentShardAllocations);
        return inner.AllocateShard(requester, shardId, taking.IsEmpty ? currentShardAllocations : taking);
    }

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
        IImmutableSet<string> rebalanceInProgress)
    {
        var taking = Taking(currentShardAllocations);
        if (taking.IsEmpty)
        {
            return Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);
        }

        var due = currentShardAllocations.Where(region => !taking.ContainsKey(region.Key))
            .SelectMany(region => region.Value).Where(shard => !rebalanceInProgress.Contains(shard)).ToImmutableHashSet();
        return due.IsEmpty
            ? inner.Rebalance(taking, rebalanceInProgress)
            : Task.FromResult<IImmutableSet<string>>(due);
    }

    private ImmutableDictionary<IActorRef, IImmutableList<string>> Taking(
        IImmutableDictionary<IActorRef, IImmutableList<string>> regions) =>
        regions.Where(region => !isDraining(region.Key)).ToImmutableDictionary();
}
