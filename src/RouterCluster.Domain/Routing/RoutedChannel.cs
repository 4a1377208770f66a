using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing;

/// <summary>A channel as it is configured. What it reports later takes the place of weight and capacity.</summary>
/// <param name="Capacity">Submits that may be in flight or wait.</param>
public sealed record RoutedChannel(ChannelId Id, ChannelTerms Terms, double Weight, int Capacity);

/// <param name="SilentAfter">Without a report for so long a channel has no owner.</param>
/// <param name="RetryAfter">What a refused payment is told to wait.</param>
/// <param name="RetryAfterOpenBreakers">The same when every fitting channel's breaker is open: it takes a probe first.</param>
/// <param name="TransitGrace">A choice is in its lane, or settled, within this time, or it was lost on the way.</param>
public sealed record RoutingLimits(
    TimeSpan SilentAfter, TimeSpan RetryAfter, TimeSpan RetryAfterOpenBreakers, TimeSpan TransitGrace, MemoryLimits Memory)
{
    public static readonly RoutingLimits Default = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), MemoryLimits.Default);
}

/// <summary>How success rates are remembered: in seconds when traffic is thin, in outcomes when it is dense.</summary>
/// <param name="HalfLife">After it an outcome counts half.</param>
/// <param name="Outcomes">Outcomes that count at most; the older ones make room.</param>
/// <param name="Prior">Success rate that is assumed of a channel nothing is known of.</param>
/// <param name="PriorOutcomes">How many outcomes that assumption is worth.</param>
/// <param name="SegmentPriorOutcomes">How many outcomes the channel's rate is worth for one product and bank.</param>
/// <param name="OutcomesKeptByClosing">What remains known of the time before when a breaker closes again.</param>
/// <param name="Segments">Products and banks told apart per channel; any more share the channel's rate.</param>
public sealed record MemoryLimits(
    TimeSpan HalfLife, double Outcomes, double Prior, double PriorOutcomes, double SegmentPriorOutcomes,
    double OutcomesKeptByClosing, int Segments)
{
    public static readonly MemoryLimits Default = new(TimeSpan.FromSeconds(30), 60, 0.95, 4, 10, 2, 1000);
}
