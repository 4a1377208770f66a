using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Messages;

public interface IChannels
{
    /// <summary>Every configured channel as this node's router sees it, in the order of the configuration.</summary>
    IReadOnlyList<ChannelStatus> All();

    /// <summary>The last hundred changes of each channel by operators, newest first.</summary>
    IReadOnlyList<(ChannelId Channel, OperatorChange Change)> Changes();

    /// <summary>Carries out an operator's change, durably.</summary>
    Task<ChannelChangeResult> ChangeAsync(ChannelId channel, ChannelChange change, CancellationToken cancellation);
}

public abstract record ChannelChangeResult
{
    private ChannelChangeResult()
    {
    }

    public sealed record Done(ChannelStatus Status) : ChannelChangeResult;

    public sealed record Refused(ChangeRefusal Why) : ChannelChangeResult;

    /// <summary>The channel's owner did not answer in time, or the channel has left the configuration.</summary>
    public sealed record NoAnswer : ChannelChangeResult;
}

/// <param name="TrafficShare">Share of this node's route choices of the last 60 s, 0–1.</param>
/// <param name="UnknownAmount">Minor units of attempts without an outcome.</param>
public sealed record ChannelStatus(
    ChannelId Channel, ChannelLifecycle Lifecycle, double Weight, LaneReport Submit, LaneReport Query,
    double? SuccessRate, double TrafficShare, int UnknownCount, long UnknownAmount, TimeSpan UnknownOldest, OperatorChange? Changed)
{
    /// <summary>This node owns it.</summary>
    public bool IsOwnedHere { get; init; }

    /// <summary>Its owner is known, and waits until calls of the last one have ended.</summary>
    public bool WaitsForLastOwner { get; init; }

    /// <summary>
    /// No order or question is sent: nobody owns it, or its owner waits for calls of the last one. Null: it sends.
    /// </summary>
    public TimeSpan? NoOwnerFor { get; init; }

    /// <summary>
    /// End of the maintenance of all banks in force, as configured, announced by the company or planned by an operator.
    /// </summary>
    public DateTimeOffset? MaintenanceUntil { get; init; }

    /// <summary>As the company itself has announced and is not over.</summary>
    public DateTimeOffset? AnnouncedUntil { get; init; }

    /// <summary>Maintenance that operators have planned.</summary>
    public ImmutableArray<PlannedMaintenance> Planned { get; init; } = [];

    /// <summary>Operators' values that are in force instead of the configured ones.</summary>
    public ImmutableArray<ChannelOverride> Overrides { get; init; } = [];

    /// <summary>What has taken the channel out of traffic: its lifecycle, its isolation.</summary>
    public ImmutableArray<ChannelOverride> Switches { get; init; } = [];

    /// <summary>Parts of the channel that operators have switched off.</summary>
    public ImmutableArray<ChannelExclusion> Exclusions { get; init; } = [];

    /// <summary>Null while the channel may get new payments.</summary>
    public ChannelClosing? Closed { get; init; }

    /// <summary>The worst outage among its products in this node's view, and the beginning of the first one.</summary>
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

    /// <summary>Success rate, traffic share and outage by product; empty before the router's first report.</summary>
    public ImmutableDictionary<Product, ProductStanding> Products { get; init; } =
        ImmutableDictionary<Product, ProductStanding>.Empty;
}
