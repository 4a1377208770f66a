namespace RouterCluster.Node.Health;

/// <summary>A book or channel of a node that does not answer.</summary>
/// <param name="Why">Null: nobody knows, or it is on its way.</param>
public sealed record SilentPart(string Name, string? Why);

/// <summary>What of a node works.</summary>
/// <param name="IsUp">It is up in its cluster.</param>
public sealed record NodeStanding(bool IsUp, IReadOnlyList<SilentPart> Books, IReadOnlyList<SilentPart> Channels)
{
    public bool IsOpen => IsUp && Books.Count == 0 && Channels.Count == 0;
}
