namespace RouterCluster.Node.Platform.Storage;

/// <summary>What a connection to PostgreSQL is for; its session there is named so.</summary>
public enum StoragePurpose
{
    /// <summary>
    /// Recovery, and the journals of channels and shards. The books' writer has a connection of its own besides.
    /// </summary>
    Journals,

    /// <summary>Everything that is written outside of journals: read model, limits, webhooks, cases, leases of shards.</summary>
    Writes,

    Reads,

    /// <summary>The node's own row, by which it lives, and the comparison of clocks.</summary>
    Leases,
}

/// <summary>
/// How many connections a node has at most, each purpose in a pool of its own: whoever wants more waits for one of its kind, and
/// a rush of questions keeps nobody from renewing the node's row. No transaction spans a call to a channel or to another node, so
/// that none of them is held for longer than statements take.
/// </summary>
public sealed record StorageConnections(int Journals, int Writes, int Reads, int Leases)
{
    private const int BookWriter = 1;

    public static readonly StorageConnections Default = new(Journals: 8, Writes: 12, Reads: 8, Leases: 2);

    public int Limit => Journals + BookWriter + Writes + Reads + Leases;

    public int Of(StoragePurpose purpose) => purpose switch
    {
        StoragePurpose.Journals => Journals,
        StoragePurpose.Writes => Writes,
        StoragePurpose.Reads => Reads,
        StoragePurpose.Leases => Leases,
    };
}
