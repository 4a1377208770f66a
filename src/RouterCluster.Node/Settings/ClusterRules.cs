using System.Net;
using Akka.Actor;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Settings;

/// <summary>What a node needs so that others can find it and share its work.</summary>
internal static class ClusterRules
{
    private const string SeedForm = "akka.tcp://router@HOST:PORT";

    public static void Check(RouterSettings settings, SettingLog log)
    {
        var cluster = settings.Cluster;
        foreach (var seed in cluster.SeedNodes.Where(seed => !IsNode(seed, cluster.Protocol)))
        {
            log.Wrong(ClusterSection.Seeds, seed, SeedForm);
        }

        if (!cluster.OtherSeedNodes.Any() && cluster.Roles is { IsEmpty: false, Length: < 2 })
        {
            log.Wrong(
                $"router.{ClusterSection.Roles}", $"[{string.Join(", ", cluster.Roles)}]",
                $"both roles: without {ClusterSection.Seeds} there is no other node");
        }

        if (cluster.IsAlone || (settings.Storage.Provider == StorageProvider.Sqlite && !cluster.OtherSeedNodes.Any()))
        {
            return;
        }

        if (settings.Storage.Provider != StorageProvider.PostgreSql)
        {
            log.Wrong(
                ClusterSection.Seeds, cluster.OtherSeedNodes.First(),
                $"none, or {cluster.Address}, which is this node: nodes share a database, so "
                + "router.storage.provider must be postgresql");
            return;
        }

        if (settings.Node.NodePort == 0)
        {
            log.Wrong("router.node-port", "0", $"a port of its own: other nodes find this one by it ({ClusterSection.Seeds})");
        }

        if (IPAddress.TryParse(cluster.Host, out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            log.Wrong($"{ClusterSection.Tcp}.public-hostname", "", $"the name under which other nodes reach {cluster.Host}");
        }

        if (settings.Node.Mode == ChannelMode.Live && cluster is { IsOpenToOthers: true, Tls: null })
        {
            log.Missing(
                $"{ClusterSection.Tls}.certificate",
                "a PEM file, with key and ca: in live mode nodes on several machines talk through TLS");
        }

        if (settings.Node.EncryptionKey is null && !log.Errors.Any(error => error.Key == "router.encryption-key"))
        {
            log.Missing(
                "router.encryption-key",
                "base64 of 32 bytes, the same on every node (openssl rand -base64 32; or env ENCRYPTION_KEY): nodes with "
                + $"{ClusterSection.Seeds} generate none");
        }
    }

    private static bool IsNode(string seed, string protocol) =>
        ActorPath.TryParseAddress(seed, out var address) && address is { System: "router", Port: not null }
        && address.Protocol == protocol;
}
