using RouterCluster.Api;

namespace RouterCluster.Node.Health;

/// <summary>The cluster as this node sees it.</summary>
public interface IClusterView
{
    ClusterBody Get();
}
