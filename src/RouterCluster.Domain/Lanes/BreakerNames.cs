namespace RouterCluster.Domain.Lanes;

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
