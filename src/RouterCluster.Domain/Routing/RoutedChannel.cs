using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>A channel as configured. Its reports replace weight and capacity.</summary>
/// <param name="Capacity">Submits that may be in flight or wait.</param>
public sealed record RoutedChannel(ChannelId Id, ChannelTerms Terms, double Weight, int Capacity)
{
    public bool IsRetired { get; init; }
}

/// <param name="SilentAfter">Without a report for so long a channel has no owner.</param>
/// <param name="RetryAfterOpenBreakers">The same when every fitting channel's breaker is open: it takes a probe first.</param>
/// <param name="TransitGrace">A choice is in its lane, or released, within this time, or it was lost on the way.</param>
/// <param name="Segments">Products and banks told apart; further ones share their product's knowledge.</param>
public sealed record RoutingLimits(
    TimeSpan SilentAfter, TimeSpan RetryAfter, TimeSpan RetryAfterOpenBreakers, TimeSpan TransitGrace, int Segments)
{
    public static readonly RoutingLimits Default = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), 1000);
}
