namespace RouterCluster.Node.Platform.Storage;

/// <param name="Age">Since when at least this node has seen the row in its last beat.</param>
public sealed record LivingNode(NodeLeaseRow Row, TimeSpan Age);
