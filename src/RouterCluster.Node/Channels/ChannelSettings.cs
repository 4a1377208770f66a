using System.Collections.Immutable;
using System.Net;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

/// <param name="BaseUrl">Absolute, without a slash at the end.</param>
/// <param name="MerchantId">Our merchant number at the payment company.</param>
/// <param name="Secrets">At least one: the first signs requests, all of them verify answers and notices.</param>
/// <param name="Weight">Share of traffic relative to other channels under policies that go by weight.</param>
public sealed record ChannelSettings(
    ChannelId Id, string Protocol, string BaseUrl, string MerchantId, ImmutableArray<Secret> Secrets, ChannelTerms Terms,
    FeeSettings Fee, double Weight, LaneSettings Submit, LaneSettings Query, QueryPolicy QueryPolicy, NotifySettings Notify)
{
    /// <summary>Announced times at which the channel gets no new payments.</summary>
    public ImmutableArray<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>Longest time for which a channel's own announcement keeps payments away from it.</summary>
    public TimeSpan LongestMaintenance { get; init; }

    /// <summary>The value that is in force unless an operator overrides it.</summary>
    public double Configured(OverrideKeys key) => Configuration.ValueOf(key);

    /// <summary>The channel gets no new orders; its open attempts are still asked about.</summary>
    public bool Retired { get; init; }

    public ChannelConfiguration Configuration => new(Id, Weight, Submit, Query)
    {
        LongestMaintenance = LongestMaintenance,
        Retired = Retired,
    };

    /// <summary>Where the channel's orders go, as stored with attempts.</summary>
    public ChannelTarget Target => new(Protocol, HostOf(BaseUrl), MerchantId);

    /// <summary>A connection with these settings is not one with the others.</summary>
    public bool ConnectsLike(ChannelSettings other) => Protocol == other.Protocol && BaseUrl == other.BaseUrl
        && MerchantId == other.MerchantId && Secrets.SequenceEqual(other.Secrets);

    /// <summary>The longest time for which the company may be busy with a call of ours.</summary>
    public TimeSpan LongestCall => new[] { Submit.Timeout + Submit.Linger, Query.Timeout + Query.Linger }.Max();

    private static string HostOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority + uri.AbsolutePath.TrimEnd('/') : url;
}

/// <summary>Limits of the channel's notices.</summary>
/// <param name="RatePerSecond">Verified notices per second and node; the company is told to send more of them again.</param>
/// <param name="InFlight">Notices of the channel that each node reads and stores at once.</param>
public sealed record NotifySettings(ImmutableArray<IPNetwork> AllowedIps, double RatePerSecond, int InFlight);

/// <summary>The company's charge for a payment: a share of the amount and a fixed part.</summary>
/// <param name="Fixed">Minor units.</param>
public sealed record FeeSettings(int BasisPoints, long Fixed);
