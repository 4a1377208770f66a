using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Counters;

public enum RedisMode
{
    /// <summary>A server in the node's own process, which forgets everything when the node stops.</summary>
    Embedded,
    External,
}

/// <summary>Where live counters are kept. Keys, defaults and units: <c>hocon/reference.hocon</c>.</summary>
/// <param name="ConnectionString">In the form of StackExchange.Redis; null for the embedded server.</param>
/// <param name="Pending">Numbers that wait in memory at most.</param>
/// <param name="Banks">Banks a day with counters of their own besides those that channels name.</param>
/// <param name="Codes">Codes of one channel a day with counters of their own.</param>
public sealed record RedisSettings(
    RedisMode Mode, Secret? ConnectionString, string Prefix, TimeSpan WriteEvery, TimeSpan Timeout, int Pending, int Banks,
    int Codes);
