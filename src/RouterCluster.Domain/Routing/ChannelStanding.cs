using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>A channel as one router sees it.</summary>
/// <param name="Lifecycle"><c>NoOwner</c> also when no report came for a while.</param>
/// <param name="SuccessRate">
/// Successes / (successes + channel faults) of the last 60 s, 0–1, attempts that take longer than usual among the faults; the
/// last one where nothing ended; null before the first.
/// </param>
/// <param name="TrafficShare">Share of this router's choices of the last 60 s, 0–1.</param>
/// <param name="Outstanding">This router's own choices that have not been settled.</param>
/// <param name="Occupancy">Submits in flight, waiting or on their way, as far as this router knows.</param>
public sealed record ChannelStanding(
    ChannelLifecycle Lifecycle, double Weight, double? SuccessRate, double TrafficShare, int Outstanding, int Occupancy,
    int Capacity)
{
    /// <summary>Success rate and traffic share by product, for those that the channel takes.</summary>
    public ImmutableDictionary<Product, ProductStanding> Products { get; init; } =
        ImmutableDictionary<Product, ProductStanding>.Empty;
}

/// <summary>Success rate and traffic share of one product.</summary>
/// <param name="TrafficShare">Share of this router's choices for the product, 0–1.</param>
public readonly record struct ProductStanding(double? SuccessRate, double TrafficShare)
{
    /// <summary>Null while the router sees none.</summary>
    public OutageStanding? Outage { get; init; }
}
