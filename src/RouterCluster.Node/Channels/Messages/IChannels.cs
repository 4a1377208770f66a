using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Messages;

/// <summary>The channels, as the operators' API and the metrics use them.</summary>
public interface IChannels
{
    /// <summary>Every configured channel as this node's router sees it, in the order of the configuration.</summary>
    IReadOnlyList<ChannelStatus> All();

    /// <summary>Operators' changes, the last hundred of each channel, newest first.</summary>
    IReadOnlyList<(ChannelId Channel, OperatorChange Change)> Changes();

    /// <summary>Carries out an operator's change, durably. Null: the channel's owner did not answer in time.</summary>
    Task<ChannelStatus?> ChangeAsync(ChannelId channel, ChannelChange change, CancellationToken cancellation);
}

/// <summary>A channel with its live figures.</summary>
/// <param name="SuccessRate">As in <see cref="ChannelStanding"/>.</param>
/// <param name="TrafficShare">Share of this node's choices of the last 60 s, 0–1.</param>
/// <param name="UnknownAmount">Minor units of attempts whose end is not known.</param>
public sealed record ChannelStatus(
    ChannelId Channel, ChannelLifecycle Lifecycle, double Weight, LaneReport Submit, LaneReport Query,
    double? SuccessRate, double TrafficShare, int UnknownCount, long UnknownAmount, TimeSpan UnknownOldest, OperatorChange? Changed)
{
    /// <summary>Until then it gets no new payments: its company works on its systems, as announced to us or by itself.</summary>
    public DateTimeOffset? MaintenanceUntil { get; init; }

    /// <summary>Operators' values that are in force instead of the configured ones.</summary>
    public ImmutableArray<ChannelOverride> Overrides { get; init; } = [];

    /// <summary>Why it gets no new payments at all; null while it may.</summary>
    public ChannelClosing? Closed { get; init; }

    /// <summary>The worst of its products' outages, as this node's router sees it, and when the first of them began.</summary>
    public OutageStanding? Outage => Products.Values.Aggregate(
        (OutageStanding?)null,
        (worst, product) => (worst, product.Outage) switch
        {
            (_, null) => worst,
            (null, _) => product.Outage,
            ({ } other, { } outage) => new OutageStanding(
                (OutageLevel)Math.Max((int)outage.Level, (int)other.Level),
                outage.Since < other.Since ? outage.Since : other.Since),
        });

    /// <summary>Success rate, traffic share and outage by product; empty before this node's router has told.</summary>
    public ImmutableDictionary<Product, ProductStanding> Products { get; init; } =
        ImmutableDictionary<Product, ProductStanding>.Empty;
}
