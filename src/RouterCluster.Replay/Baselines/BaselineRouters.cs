using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>The baselines that routing is measured against, by their names in replays.</summary>
public static class BaselineRouters
{
    public static readonly IReadOnlyList<string> Names =
        ["round-robin", "static", "window-125", "window-125-1", "thompson-998", "sw-ucb"];

    /// <summary>A new router without experience; null for an unknown name.</summary>
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
