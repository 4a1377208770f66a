namespace RouterCluster.Cluster.Tests.Processes;

/// <summary>Where and how a process runs.</summary>
internal sealed record Machine(string Address)
{
    public static readonly Machine This = new("127.0.0.1");

    /// <summary>Goes before the program's own command line.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
