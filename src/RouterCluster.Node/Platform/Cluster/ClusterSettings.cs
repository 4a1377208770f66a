using System.Collections.Immutable;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// How a node finds others. The keys are Akka's own: <c>akka.cluster.seed-nodes</c> and the remoting's host name.
/// </summary>
/// <param name="SeedNodes">The first one may found the cluster.</param>
/// <param name="Host">The name or address under which other nodes reach this one.</param>
/// <param name="Address">Of this node, as the seed nodes are written.</param>
public sealed record ClusterSettings(ImmutableArray<string> SeedNodes, string Host, string Address)
{
    private const string Cleartext = "akka.tcp";

    public static readonly ClusterSettings Alone = new([], "127.0.0.1", "");

    /// <summary>Of <see cref="ClusterRoles"/>.</summary>
    public ImmutableArray<string> Roles { get; init; } = [ClusterRoles.Ingress, ClusterRoles.Channels];

    public bool OwnsChannels => Roles.Contains(ClusterRoles.Channels);

    /// <summary>Null: nodes talk in cleartext.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Other machines can reach the port of this node.</summary>
    public bool IsOpenToOthers { get; init; }

    /// <summary>How addresses of nodes begin.</summary>
    public string Protocol => Tls is null ? Cleartext : "akka.ssl.tcp";

    /// <summary>The node is a cluster of its own, and no other node works on its database.</summary>
    public bool IsAlone => SeedNodes.IsEmpty;

    public IEnumerable<string> OtherSeedNodes => SeedNodes.Where(seed => seed != Address);

    public ClusterSettings On(int port) => this with { Address = $"{Protocol}://router@{Host}:{port}" };

    /// <summary>Seed nodes are written alike with TLS and without; Akka tells the two apart.</summary>
    public ClusterSettings With(TlsSettings? tls)
    {
        var settings = this with { Tls = tls };
        return settings with { SeedNodes = [.. SeedNodes.Select(settings.InProtocol)] };
    }

    private string InProtocol(string seed) =>
        seed.StartsWith($"{Cleartext}:", StringComparison.Ordinal) ? Protocol + seed[Cleartext.Length..] : seed;
}
