namespace RouterCluster.Node.Platform.Cluster;

/// <summary>Asks a node whether it is ready; answered with <see cref="NodeReadiness"/>.</summary>
public sealed record GetReadiness
{
    public static readonly GetReadiness Instance = new();
}

/// <param name="Problem">Null: the node is ready.</param>
public sealed record NodeReadiness(string? Problem);
