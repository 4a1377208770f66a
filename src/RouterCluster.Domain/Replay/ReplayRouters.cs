using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Baselines;

namespace RouterCluster.Domain.Replay;

/// <summary>What a trace can be replayed with: the product's own policy and the baselines.</summary>
public static class ReplayRouters
{
    public static readonly IReadOnlyList<string> Names = [.. BaselineRouters.Names];

    /// <summary>A new one, which knows nothing yet; null for a name that there is not.</summary>
    public static IRouter? Create(string name) => BaselineRouters.Create(name);
}
