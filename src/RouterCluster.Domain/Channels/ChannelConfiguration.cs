using System.Diagnostics;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Channels;

/// <param name="Weight">Share of traffic relative to other channels, before success is looked at.</param>
public sealed record ChannelConfiguration(ChannelId Id, double Weight, LaneSettings Submit, LaneSettings Query)
{
    /// <summary>The longest time that the channel's own announcement keeps it from getting payments.</summary>
    public TimeSpan LongestMaintenance { get; init; }

    /// <summary>The channel gets no new orders. Its earlier orders are still asked about.</summary>
    public bool Retired { get; init; }

    public double ValueOf(OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => Submit.Concurrency,
        OverrideKeys.SubmitRatePerSecond => Submit.RatePerSecond,
        OverrideKeys.QueryConcurrency => Query.Concurrency,
        OverrideKeys.QueryRatePerSecond => Query.RatePerSecond,
        OverrideKeys.Weight => Weight,
        OverrideKeys.Lifecycle or OverrideKeys.Isolated or OverrideKeys.None =>
            throw new UnreachableException($"No configuration has {key}."),
    };
}
