namespace RouterCluster.Domain.Routing;

/// <summary>What a choice is made for.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Key">A stable hash of whoever should keep its channel, for sticky and canary choices.</param>
/// <param name="MayExplore">False: too large to learn with. No chance, and probes only where no others come.</param>
/// <param name="Draw">In [0, 1): all chance of the choice comes from it.</param>
/// <param name="Now">On the owner's monotonic clock.</param>
public readonly record struct RouteQuestion(
    Segment Segment, long Amount, ulong Key, bool MayExplore, double Draw, TimeSpan Now);
