namespace RouterCluster.Node.Health;

/// <summary>A book or channel that does not answer.</summary>
/// <param name="Why">Null: not known, or still starting.</param>
public sealed record SilentPart(string Name, string? Why);

/// <param name="IsUp">The node is up in its cluster.</param>
public sealed record NodeStanding(bool IsUp, IReadOnlyList<SilentPart> Books, IReadOnlyList<SilentPart> Channels)
{
    public bool IsOpen => IsUp && Books.Count == 0 && Channels.Count == 0;
}
