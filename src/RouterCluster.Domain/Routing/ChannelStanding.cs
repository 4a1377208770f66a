using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <param name="Lifecycle"><c>NoOwner</c> also when no report came for a while.</param>
/// <param name="SuccessRate">
/// Successes / (successes + channel faults) of the last 60 s, 0–1, overdue attempts among the faults. The last rate where
/// no attempt ended; null before the first end.
/// </param>
/// <param name="TrafficShare">Share of this router's choices of the last 60 s, 0–1.</param>
/// <param name="Outstanding">This router's own choices that have not been released.</param>
/// <param name="Occupancy">Submits in flight, waiting or on their way, as far as this router knows.</param>
public sealed record ChannelStanding(
    ChannelLifecycle Lifecycle, double Weight, double? SuccessRate, double TrafficShare, int Outstanding, int Occupancy,
    int Capacity)
{
    public ImmutableDictionary<Product, ProductStanding> Products { get; init; } =
        ImmutableDictionary<Product, ProductStanding>.Empty;
}

/// <param name="TrafficShare">Share of this router's choices for the product, 0–1.</param>
public readonly record struct ProductStanding(double? SuccessRate, double TrafficShare)
{
    /// <summary>Null while the router sees no outage.</summary>
    public OutageStanding? Outage { get; init; }
}
