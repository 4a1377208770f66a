using System.Collections.Immutable;
using System.Net;
using Akka.Configuration;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Settings;

internal static class ClusterSection
{
    public const string Seeds = "akka.cluster.seed-nodes";
    public const string Tcp = "akka.remote.dot-netty.tcp";

    public const string Roles = "roles";
    public const string Tls = "router.cluster.tls";

    private const string AFile = "a PEM file; certificate, key and ca belong together";

    public static ClusterSettings Read(Config config, SettingReader router) =>
        (ReadAkka(config) with { Roles = ReadRoles(router) }).With(ReadTls(router.Section("cluster").Section("tls")));

    private static ImmutableArray<string> ReadRoles(SettingReader router)
    {
        (string, string)[] roles = [(ClusterRoles.Ingress, ClusterRoles.Ingress), (ClusterRoles.Channels, ClusterRoles.Channels)];
        return router.List(Roles, SettingValues.Names(roles), SettingValues.OneOf(roles), mayBeEmpty: false);
    }

    /// <summary>Null when no file is named.</summary>
    private static TlsSettings? ReadTls(SettingReader tls)
    {
        var (certificate, key, authority) = (File(tls, "certificate"), File(tls, "key"), File(tls, "ca"));
        if (certificate is null && key is null && authority is null)
        {
            return null;
        }

        return new TlsSettings(Needed("certificate", certificate), Needed("key", key), Needed("ca", authority));

        string Needed(string name, string? file)
        {
            if (file is null)
            {
                tls.Missing(name, AFile);
            }

            return file ?? "";
        }
    }

    private static string? File(SettingReader tls, string key) => tls.Optional<string>(key, AFile, SettingValues.AnyText);

    private static ClusterSettings ReadAkka(Config config)
    {
        var host = config.GetString($"{Tcp}.public-hostname") is { Length: > 0 } named
            ? named
            : config.GetString($"{Tcp}.hostname", ClusterSettings.Alone.Host);
        return ClusterSettings.Alone with
        {
            SeedNodes = [.. config.GetStringList(Seeds, [])],
            Host = host,
            IsOpenToOthers = !IsLoopback(host) || !IsLoopback(config.GetString($"{Tcp}.hostname", ClusterSettings.Alone.Host)),
        };
    }

    private static bool IsLoopback(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
