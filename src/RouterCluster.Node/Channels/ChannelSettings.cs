using System.Collections.Immutable;
using System.Net;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

/// <param name="BaseUrl">Absolute, without a slash at the end.</param>
/// <param name="MerchantId">Our number at the payment company.</param>
/// <param name="Secrets">At least one: the first signs what we send, all of them verify what comes.</param>
/// <param name="Weight">Share of traffic relative to other channels, before success is looked at.</param>
public sealed record ChannelSettings(
    ChannelId Id, string Protocol, string BaseUrl, string MerchantId, ImmutableArray<Secret> Secrets, ChannelTerms Terms,
    FeeSettings Fee, double Weight, LaneSettings Submit, LaneSettings Query, QueryPolicy QueryPolicy, NotifySettings Notify)
{
    /// <summary>Announced times at which it gets no new payments.</summary>
    public ImmutableArray<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>For how long at most the channel's own word keeps it from getting payments.</summary>
    public TimeSpan LongestMaintenance { get; init; }

    /// <summary>What is in force unless an operator overrides it.</summary>
    public double Configured(OverrideKeys key) => Configuration.ValueOf(key);

    /// <summary>It gets nothing new; what it was sent before is asked about and heard of.</summary>
    public bool Retired { get; init; }

    /// <summary>What of it the channel decides by.</summary>
    public ChannelConfiguration Configuration => new(Id, Weight, Submit, Query)
    {
        LongestMaintenance = LongestMaintenance,
        Retired = Retired,
    };

    /// <summary>Where its orders go, as attempts remember it.</summary>
    public ChannelTarget Target => new(Protocol, HostOf(BaseUrl), MerchantId);

    private static string HostOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority + uri.AbsolutePath.TrimEnd('/') : url;
}

/// <summary>What may come to the channel's notification address.</summary>
/// <param name="RatePerSecond">Verified notices that each node takes; more are told to come again.</param>
/// <param name="InFlight">Notices of the channel that each node reads and stores at once.</param>
public sealed record NotifySettings(ImmutableArray<IPNetwork> AllowedIps, double RatePerSecond, int InFlight);

/// <summary>What the company charges for a payment: a share of the amount and a fixed part.</summary>
/// <param name="Fixed">Minor units.</param>
public sealed record FeeSettings(int BasisPoints, long Fixed);
