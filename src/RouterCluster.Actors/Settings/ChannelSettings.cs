using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Actors.Settings;

/// <param name="BaseUrl">Absolute, without a slash at the end.</param>
/// <param name="MerchantId">Our number at the payment company.</param>
/// <param name="Weight">Share of traffic relative to other channels, before success is looked at.</param>
public sealed record ChannelSettings(
    ChannelId Id, string Protocol, string BaseUrl, string MerchantId, Secret Secret, ChannelTerms Terms, FeeSettings Fee,
    double Weight, LaneSettings Submit, LaneSettings Query, QueryPolicy QueryPolicy)
{
    /// <summary>Announced times at which it gets no new payments.</summary>
    public ImmutableArray<MaintenanceWindow> Maintenance { get; init; } = [];
}

/// <summary>What the company charges for a payment: a share of the amount and a fixed part.</summary>
/// <param name="Fixed">Minor units.</param>
public sealed record FeeSettings(int BasisPoints, long Fixed);
