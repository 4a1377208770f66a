namespace RouterCluster.Domain.Routing;

/// <param name="Amount">Minor units.</param>
/// <param name="Key">A stable hash of whoever should keep its channel, for sticky and canary choices.</param>
/// <param name="MayExplore">
/// False: the payment is too large to learn with. Chance is off, and it probes only where no smaller ones come.
/// </param>
/// <param name="Draw">In [0, 1): the only source of chance in the choice.</param>
/// <param name="Now">On the owner's monotonic clock.</param>
public readonly record struct RouteQuestion(
    Segment Segment, long Amount, ulong Key, bool MayExplore, double Draw, TimeSpan Now);
