using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit.Xunit2;
using RouterCluster.Node.Platform.Cluster;
using Regions = System.Collections.Immutable.IImmutableDictionary<
    Akka.Actor.IActorRef, System.Collections.Immutable.IImmutableList<string>>;

namespace RouterCluster.Node.Tests.Platform.Cluster;

public sealed class AwayFromDrainingTests : TestKit
{
    private static readonly IImmutableSet<string> Nothing = ImmutableHashSet<string>.Empty;

    private readonly HashSet<IActorRef> _draining = [];
    private readonly OnlyTheFirst _inner = new();
    private readonly AwayFromDraining _strategy;
    private readonly IActorRef _one;
    private readonly IActorRef _two;

    public AwayFromDrainingTests()
    {
        _strategy = new AwayFromDraining(_inner, _draining.Contains);
        (_one, _two) = (CreateTestProbe("one").Ref, CreateTestProbe("two").Ref);
    }

    private Regions Shared => ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty
        .Add(_one, ["1", "2", "3"]).Add(_two, ["4"]);

    [Fact]
    public async Task Without_draining_nodes_it_is_as_it_was()
    {
        Assert.Equal(_one, await _strategy.AllocateShard(_two, "5", Shared));
        Assert.Equal(["1"], await _strategy.Rebalance(Shared, Nothing));
    }

    [Fact]
    public async Task All_shards_leave_a_draining_node_at_once_and_none_goes_there()
    {
        _draining.Add(_one);

        Assert.Equal(_two, await _strategy.AllocateShard(_one, "5", Shared));
        Assert.Equal(["1", "3"], (await _strategy.Rebalance(Shared, ["2"])).Order());
        Assert.Equal(["4"], await _strategy.Rebalance(Shared.SetItem(_one, ImmutableList<string>.Empty), Nothing));
    }

    [Fact]
    public async Task Where_all_nodes_are_draining_everything_stays_and_what_has_no_place_gets_one()
    {
        _draining.UnionWith([_one, _two]);

        Assert.Empty(await _strategy.Rebalance(Shared, Nothing));
        Assert.Equal(_one, await _strategy.AllocateShard(_one, "5", Shared));
    }

    private sealed class OnlyTheFirst : IShardAllocationStrategy
    {
        public Task<IActorRef> AllocateShard(IActorRef requester, string shardId, Regions currentShardAllocations) =>
            Task.FromResult(First(currentShardAllocations));

        public Task<IImmutableSet<string>> Rebalance(
            Regions currentShardAllocations, IImmutableSet<string> rebalanceInProgress) =>
            Task.FromResult<IImmutableSet<string>>(
                currentShardAllocations[First(currentShardAllocations)].Take(1).ToImmutableHashSet());

        private static IActorRef First(Regions regions) => regions.Keys.MinBy(region => region.Path.Name)!;
    }
}
