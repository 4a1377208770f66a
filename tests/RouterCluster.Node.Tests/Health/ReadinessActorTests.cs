using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Node.Health;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Health;

public sealed class ReadinessActorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_node_tells_another_one_whether_it_is_ready_and_why_not()
    {
        await using var nodes = await TwoNodes.StartAsync(
            services => services.AddHealthChecks().AddCheck<Readiness>("traffic").AddCheck<NoIngress>(RoleCheck.Name),
            (akka, provider) => akka.WithHealth(provider));

        // That its roles keep merchants' requests away from it is no fault.
        Assert.Null((await AskSecondAsync(nodes)).Problem);

        nodes.Second.GetRequiredService<Readiness>().Drain();

        Assert.Equal("this node is stopping", (await AskSecondAsync(nodes)).Problem);
    }

    private static Task<NodeReadiness> AskSecondAsync(TwoNodes nodes)
    {
        var second = Cluster.Get(nodes.Second.GetRequiredService<ActorSystem>()).SelfAddress;
        return ReadinessActor.On(nodes.First.GetRequiredService<ActorSystem>(), second)
            .Ask<NodeReadiness>(GetReadiness.Instance, Patience);
    }

    private sealed class NoIngress : IReadinessCheck
    {
        public string? Problem() => "no ingress";
    }
}
