namespace RouterCluster.Domain.Routing;

/// <param name="Amount">Minor units.</param>
/// <param name="Key">Of whoever should keep its channel, for sticky and canary choices.</param>
/// <param name="MayExplore">False: too large to learn with. No chance, and a probe only where no smaller payments come.</param>
/// <param name="Draw">In [0, 1): the only source of chance in the choice.</param>
/// <param name="Now">On the owner's monotonic clock.</param>
public readonly record struct RouteQuestion(
    Segment Segment, long Amount, ulong Key, bool MayExplore, double Draw, TimeSpan Now);
