using RouterCluster.Api;

namespace RouterCluster.Node.Health;

public interface IClusterView
{
    ClusterBody Get();
}
