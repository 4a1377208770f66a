namespace RouterCluster.Node.Platform.Cluster;

/// <summary>What makes several nodes safe on one database, whatever a configuration file leaves out.</summary>
internal static class ClusterHocon
{
    private const string Lease = "akka.coordination.router-lease";

    /// <summary>Over everything: nodes join after a check of their settings, not by themselves.</summary>
    public const string JoinLater = "akka.cluster.seed-nodes = []";

    /// <summary>
    /// The side that gets the lease survives, so that of two nodes either can; and every shard has a lease, so that clusters
    /// which formed apart never own the same book or channel.
    /// </summary>
    public static string LeasesFor(ClusterSettings settings) => settings.IsAlone ? "akka.coordination.router-lease {}" : $$"""
        {{Lease}} {
          lease-class = "{{typeof(DatabaseLease).FullName}}, {{typeof(DatabaseLease).Assembly.GetName().Name}}"
          lease-operation-timeout = 10s
        }
        akka.cluster {
          split-brain-resolver {
            active-strategy = lease-majority
            lease-majority.lease-implementation = "{{Lease}}"
          }
          sharding { use-lease = "{{Lease}}", lease-retry-interval = 500ms }
        }
        """;
}
