using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Gateways;

/// <summary>Two nodes of a cluster that rank gateways and do nothing else.</summary>
internal static class GatewayNodes
{
    public static Task<TwoNodes> StartAsync() => TwoNodes.StartAsync(
        services => services
            .AddSingleton(new GatewayRankingSettings(
                TimeSpan.FromSeconds(2), new DecisionLimits(TimeSpan.FromMinutes(2), 1000, 10, 10)))
            .AddSingleton(new RouterClock(TimeProvider.System))
            .AddSingleton<IReadOnlyList<MerchantSettings>>([])
            .AddGateways(),
        (akka, provider) => akka.WithGateways(provider));
}
