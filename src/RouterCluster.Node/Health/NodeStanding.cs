namespace RouterCluster.Node.Health;

/// <summary>A book or channel that does not answer.</summary>
/// <param name="Why">Null: not known, or still starting.</param>
public sealed record SilentPart(string Name, string? Why);

/// <param name="IsUp">The node is up in its cluster.</param>
public sealed record NodeStanding(bool IsUp, IReadOnlyList<SilentPart> Books, IReadOnlyList<SilentPart> Channels)
{
    public bool IsOpen => IsUp && Books.Count == 0 && Channels.Count == 0;

    /// <summary>Some node of the cluster is there for books and channels.</summary>
    public bool HasOwners { get; init; } = true;

    /// <summary>
    /// What does not answer may be on its way from a lost node to another one, and the rest answers. Without this every node
    /// would leave the load balancer when one is lost.
    /// </summary>
    public bool ServesTheRest { get; init; }
}
