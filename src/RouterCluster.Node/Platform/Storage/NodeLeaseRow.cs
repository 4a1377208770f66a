namespace RouterCluster.Node.Platform.Storage;

/// <param name="Owner">Host, process and address, to be named to people.</param>
/// <param name="Epoch">The how-manieth run of a node on this database.</param>
/// <param name="Beat">Grows with every renewal.</param>
/// <param name="Lasts">How long a renewal lasts.</param>
public sealed record NodeLeaseRow(string Incarnation, string Owner, long Epoch, long Beat, TimeSpan Lasts, DateTimeOffset Since)
{
    /// <summary>In Akka's form; empty: the node is a cluster of its own.</summary>
    public string Address { get; init; } = "";

    /// <summary>The settings that the node shares with its cluster.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>The node is a member of a cluster.</summary>
    public bool HasJoined { get; init; }

    /// <summary>The node works alone, so no other node may work on the database.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The node has said that it sends nothing any more.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Another node has watched the row unrenewed, and has ended it.</summary>
    public bool IsFenced { get; init; }

    public bool IsOver => IsReleased || IsFenced;
}
