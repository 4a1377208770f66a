using Akka.Configuration;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Settings;

internal static class ClusterSection
{
    public const string Seeds = "akka.cluster.seed-nodes";
    public const string Tcp = "akka.remote.dot-netty.tcp";

    public static ClusterSettings Read(Config config)
    {
        var host = config.GetString($"{Tcp}.public-hostname") is { Length: > 0 } named
            ? named
            : config.GetString($"{Tcp}.hostname", ClusterSettings.Alone.Host);
        return ClusterSettings.Alone with { SeedNodes = [.. config.GetStringList(Seeds, [])], Host = host };
    }
}
