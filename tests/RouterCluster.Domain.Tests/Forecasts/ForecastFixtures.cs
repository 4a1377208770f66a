using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Tests.Routing;

namespace RouterCluster.Domain.Tests.Forecasts;

/// <summary>Channel alpha, which is to be changed, and the others; an hour of payments of 120 yuan.</summary>
internal static class ForecastFixtures
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static readonly ForecastChannel Alpha = Channel(RoutingFixtures.Alpha);
    public static readonly ForecastChannel Bravo = Channel(RoutingFixtures.Bravo);
    public static readonly ForecastChannel Charlie = Channel(RoutingFixtures.Charlie);

    public static readonly ChannelAfter Disabled = new(false, 1, 8, 200);

    public static ForecastChannel Channel(ChannelId id) =>
        new(id, RoutingFixtures.Terms, ChannelLifecycle.Active, 1, RoutingFixtures.IdleLane);

    /// <summary>With counts of withhold.</summary>
    public static ForecastChannel Counted(this ForecastChannel channel, long succeeded, long faults, long attempts = 0) =>
        channel with
        {
            Counts = ImmutableDictionary<Product, AttemptCounts>.Empty.Add(
                Product.Withhold, new AttemptCounts(attempts, succeeded, faults)),
        };

    public static RouteRequest[] Paid(int count, RouteRequest? like = null) =>
        [.. Enumerable.Repeat(like ?? RoutingFixtures.Request, count)];

    public static ForecastQuestion Question(ChannelAfter after, RouteRequest[] payments, params ForecastChannel[] others) =>
        new(Alpha, after, [.. others], RouteRules.Of(new SuccessRate()), payments, Hour);
}
