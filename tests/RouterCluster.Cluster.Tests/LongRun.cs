namespace RouterCluster.Cluster.Tests;

/// <summary>The full counts of <c>tests/run.sh --long</c>.</summary>
internal static class LongRun
{
    public static bool IsWanted => Environment.GetEnvironmentVariable("ROUTERCLUSTER_LONG") == "1";

    public static T Or<T>(T full, T normal) => IsWanted ? full : normal;
}
