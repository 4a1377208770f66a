namespace RouterCluster.Node.Commits;

/// <param name="Queue">Events that may wait for one subscriber.</param>
public sealed record CommitSettings(int Queue);
