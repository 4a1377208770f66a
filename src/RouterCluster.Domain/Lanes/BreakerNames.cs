namespace RouterCluster.Domain.Lanes;

/// <summary>The words that clients, metrics and people know a breaker's states by.</summary>
public static class BreakerNames
{
    public static string Name(this BreakerState breaker) => breaker switch
    {
        BreakerState.Closed => "closed",
        BreakerState.HalfOpen => "half_open",
        BreakerState.Open => "open",
        BreakerState.Isolated => "isolated",
    };
}
