using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>The baselines that the product's routing is measured against, by the names that replay knows them by.</summary>
public static class BaselineRouters
{
    public static readonly IReadOnlyList<string> Names =
        ["round-robin", "static", "window-125", "window-125-1", "thompson-998", "sw-ucb"];

    /// <summary>A new one, which knows nothing yet; null for a name that is none of <see cref="Names"/>.</summary>
    public static IRouter? Create(string name) => name switch
    {
        "round-robin" => new RoundRobin(),
        "static" => new StaticPriority(),
        "window-125" => new LastEndsRouter(0.05),
        "window-125-1" => new LastEndsRouter(0.01),
        "thompson-998" => new DiscountedThompson(),
        "sw-ucb" => new SlidingWindowUcb(),
        _ => null,
    };
}
