namespace RouterCluster.Node.Platform.Cluster;

/// <summary>What makes several nodes safe on one database, whatever a configuration file leaves out.</summary>
internal static class ClusterHocon
{
    private const string Lease = "akka.coordination.router-lease";

    /// <summary>Over everything: nodes join after a check of their settings, not by themselves.</summary>
    public const string JoinLater = "akka.cluster.seed-nodes = []";

    /// <summary>Over everything: which actors a node starts follows from its roles.</summary>
    public static string RolesOf(ClusterSettings settings) =>
        $"akka.cluster.roles = [{string.Join(", ", settings.Roles.Select(role => $"\"{role}\""))}]";

    public static string Tls(bool isOn) => $"akka.remote.dot-netty.tcp.enable-ssl = {(isOn ? "on" : "off")}";

    /// <summary>
    /// The side that gets the lease survives, so that of two nodes either can; the side with more owners asks first. And every
    /// shard has a lease, so that clusters which formed apart never own the same book or channel.
    /// </summary>
    public static string LeasesFor(ClusterSettings settings) => settings.IsAlone ? "akka.coordination.router-lease {}" : $$"""
        {{Lease}} {
          lease-class = "{{typeof(DatabaseLease).FullName}}, {{typeof(DatabaseLease).Assembly.GetName().Name}}"
          lease-operation-timeout = 10s
        }
        akka.cluster {
          split-brain-resolver {
            active-strategy = lease-majority
            lease-majority { lease-implementation = "{{Lease}}", role = "{{ClusterRoles.Channels}}" }
          }
          sharding { use-lease = "{{Lease}}", lease-retry-interval = 500ms }
        }
        """;
}
