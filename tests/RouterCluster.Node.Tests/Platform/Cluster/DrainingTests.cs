using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Tests.Gateways;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Platform.Cluster;

public sealed class DrainingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_draining_node_hands_everything_over_goes_on_answering_and_takes_its_share_when_it_rejoins()
    {
        await using var nodes = await GatewayNodes.StartAsync();
        var merchants = Enumerable.Range(0, 12).Select(number => new MerchantId($"m{number}")).ToList();
        await EachAnswersAsync(nodes.First, merchants);
        await WholeNode.EventuallyAsync(async () => await ShardsAsync(nodes.First) > 0 && await ShardsAsync(nodes.Second) > 0);
        var second = AddressOf(nodes.Second);

        Assert.True((await SetAsync(nodes.First, second, isDraining: true)).IsDraining);

        await WholeNode.EventuallyAsync(async () => await ShardsAsync(nodes.Second) == 0);
        Assert.NotNull(nodes.Second.GetRequiredService<Readiness>().Problem());
        Assert.Null(nodes.First.GetRequiredService<Readiness>().Problem());
        await WholeNode.EventuallyAsync(() => Task.FromResult(nodes.First.GetRequiredService<DrainingNodes>().Contains(second)));
        Assert.False(OthersTake(nodes.First));
        Assert.True(OthersTake(nodes.Second));
        await EachAnswersAsync(nodes.Second, merchants);
        Assert.Equal(0, await ShardsAsync(nodes.Second));

        Assert.False((await SetAsync(nodes.First, second, isDraining: false)).IsDraining);

        await WholeNode.EventuallyAsync(async () => await ShardsAsync(nodes.Second) > 0);
        Assert.Null(nodes.Second.GetRequiredService<Readiness>().Problem());
        await WholeNode.EventuallyAsync(() => Task.FromResult(!nodes.First.GetRequiredService<DrainingNodes>().Contains(second)));
    }

    private static ActorSystem SystemOf(IServiceProvider node) => node.GetRequiredService<ActorSystem>();

    private static Address AddressOf(IServiceProvider node) => Akka.Cluster.Cluster.Get(SystemOf(node)).SelfAddress;

    private static bool OthersTake(IServiceProvider node) =>
        node.GetRequiredService<DrainingNodes>().OthersTake(Akka.Cluster.Cluster.Get(SystemOf(node)));

    private static Task<NodeDraining> SetAsync(IServiceProvider asker, Address node, bool isDraining) =>
        DrainActor.On(SystemOf(asker), node).Ask<NodeDraining>(new SetDraining(isDraining), Patience);

    private static async Task EachAnswersAsync(IServiceProvider node, IReadOnlyList<MerchantId> merchants)
    {
        foreach (var merchant in merchants)
        {
            var question = new GatewayQuestion(merchant, "p", "CARD", "CARD, CREDIT", ["stripe", "adyen"]);
            await WholeNode.EventuallyAsync(async () =>
                (await node.GetRequiredService<IGatewayRankings>().DecideAsync(question)).IsScored);
        }
    }

    private static async Task<int> ShardsAsync(IServiceProvider node)
    {
        var region = node.GetRequiredService<IRequiredActor<IGatewayMessage>>().ActorRef;
        return (await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Patience)).Shards.Count;
    }
}
