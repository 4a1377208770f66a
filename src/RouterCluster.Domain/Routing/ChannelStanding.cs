using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <param name="Lifecycle"><c>NoOwner</c> also when no report came for a while.</param>
/// <param name="SuccessRate">
/// Successes / (successes + channel faults) of the last 60 s, 0–1, overdue attempts among the faults. The last rate where
/// no attempt ended; null before the first end.
/// </param>
/// <param name="Occupancy">Submits in flight, waiting or on their way, as far as this router knows.</param>
public sealed record ChannelStanding(
    ChannelLifecycle Lifecycle, double Weight, double? SuccessRate, double TrafficShare, int Outstanding, int Occupancy,
    int Capacity)
{
    /// <summary>As far as this router has seen; null while an owner sends.</summary>
    public TimeSpan? NoOwnerFor { get; init; }

    public ImmutableDictionary<Product, ProductStanding> Products { get; init; } =
        ImmutableDictionary<Product, ProductStanding>.Empty;
}

public readonly record struct ProductStanding(double? SuccessRate, double TrafficShare)
{
    public OutageStanding? Outage { get; init; }
}
