namespace RouterCluster.Cluster.Tests.Chaos;

internal static class ChaosPlan
{
    /// <summary>Weighted, so that every channel has traffic all the time and its silence shows.</summary>
    public static readonly string Text = $$"""
        router {
          channel-defaults {
            submit { concurrency = {{ThreeNodes.Budget}}, timeout = 2s }
            query { concurrency = {{ThreeNodes.Budget}}, timeout = 2s }
          }
          merchants.shop.routing."*".policy = weighted
        }
        """;
}
