using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>The changed channel as it would be.</summary>
/// <param name="IsOpen">It may get new payments.</param>
/// <param name="Concurrency">Submits at a time.</param>
/// <param name="RatePerSecond">Submits a second.</param>
public sealed record ChannelAfter(bool IsOpen, double Weight, int Concurrency, double RatePerSecond)
{
    /// <summary>Payments that it gets no more; null: none in particular.</summary>
    public ExclusionScope? Excluded { get; init; }
}

/// <summary>A merchant that may send payments of a product to the changed channel.</summary>
public readonly record struct ServedMerchant(MerchantId Merchant, Product Product, ChannelMode Mode);

/// <summary>What would become of a channel's past payments if the channel was changed.</summary>
/// <param name="Others">Every other channel, in the order of the configuration.</param>
/// <param name="Rules">Of this question alone: some policies remember what they chose.</param>
/// <param name="Payments">Those that went to the changed channel within <paramref name="Span"/>.</param>
public sealed record ForecastQuestion(
    ForecastChannel Channel, ChannelAfter After, ImmutableArray<ForecastChannel> Others, RouteRules Rules,
    IReadOnlyList<RouteRequest> Payments, TimeSpan Span)
{
    public ImmutableArray<ServedMerchant> Served { get; init; } = [];

    /// <summary>All payments that were accepted in <see cref="CountedSpan"/>; null: the counters cannot be read.</summary>
    public ImmutableDictionary<(MerchantId Merchant, Product Product), long>? Accepted { get; init; }

    /// <summary>The time of all counts. It may be shorter than <see cref="Span"/> where counters began later.</summary>
    public TimeSpan CountedSpan { get; init; } = Span;
}
