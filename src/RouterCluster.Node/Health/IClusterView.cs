using RouterCluster.Api;

namespace RouterCluster.Node.Health;

public interface IClusterView
{
    Task<ClusterBody> GetAsync(CancellationToken cancellation);
}
