using System.Diagnostics.Metrics;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Channels;

/// <summary>
/// The channels' metrics. Dashboards depend on names and labels. A channel's gauges are exported by its owner alone, so that they
/// can be added up; those of unknown payments by the nodes whose books hold the payments. A channel without an owner is seen in
/// router_channel_no_owner_seconds, which every node exports that finds none.
/// </summary>
internal sealed class ChannelGauges
{
    private readonly IChannels _channels;
    private readonly ListInForce<ChannelSettings>.Derived<Dictionary<ChannelId, Product[]>> _products;

    public ChannelGauges(RouterMetrics metrics, IChannels channels, ListInForce<ChannelSettings> settings)
    {
        _channels = channels;
        _products = settings.Derive(all => all.ToDictionary(
            channel => channel.Id, channel => channel.Terms.Products.Order().ToArray()));
        var meter = metrics.Meter;
        meter.CreateObservableGauge("router_channel_success_rate", () => ByProduct(standing => standing.SuccessRate), null,
            "Successes of the last minute, customers' failures left out, from 0 to 1.");
        meter.CreateObservableGauge("router_channel_traffic_share", () => ByProduct(standing => standing.TrafficShare), null,
            "Share of the last minute's choices, from 0 to 1.");
        meter.CreateObservableGauge("router_channel_in_flight", () => ByLane(lane => lane.InFlight), null,
            "Calls that are out.");
        meter.CreateObservableGauge("router_channel_budget", () => ByLane(lane => lane.Budget), null,
            "Calls that may be out at once.");
        meter.CreateObservableGauge("router_channel_queue", () => ByLane(lane => lane.Queue), null,
            "Orders or questions that wait.");
        meter.CreateObservableGauge("router_channel_breaker_state", () => ByLane(lane => (int)lane.Breaker), null,
            "0 closed, 1 half-open, 2 open, 3 isolated.");
        meter.CreateObservableGauge(
            "router_channel_enabled", () => ByChannel(Owned(), status => status.IsEnabled() ? 1 : 0), null,
            "1 unless an operator has taken it out.");
        meter.CreateObservableGauge("router_channel_outage", () => ByProduct(standing => (double)Level(standing)), null,
            "0 none, 1 suspected, 2 down, as the router sees it.");
        meter.CreateObservableGauge(
            "router_channel_no_owner_seconds",
            () => ByChannel(All().Where(status => status.NoOwnerFor is not null), NoOwnerSeconds), null,
            "For how long nobody sends for the channel, as this node sees it; none while it has an owner that sends.");
        meter.CreateObservableGauge("router_channel_closed", ByReason, null, "1 for the reason why it gets no payments.");
        meter.CreateObservableGauge("router_unknown_payments", () => ByChannel(All(), status => status.UnknownCount), null,
            "Payments whose result is not known.");
        meter.CreateObservableGauge("router_unknown_amount", () => ByChannel(All(), status => status.UnknownAmount), null,
            "Sum of the payments whose result is not known, in minor units.");
        meter.CreateObservableGauge(
            "router_unknown_oldest_seconds", () => ByChannel(All(), status => (long)status.UnknownOldest.TotalSeconds), null,
            "Age of the oldest payment whose result is not known.");
    }

    /// <summary>No value before anything was counted: a rate of 0 would look like an outage.</summary>
    private IEnumerable<Measurement<double>> ByProduct(Func<ProductStanding, double?> figure) =>
        from status in Owned()
        from product in _products.Value.GetValueOrDefault(status.Channel, [])
        let value = figure(status.Products.GetValueOrDefault(product))
        where value is not null
        select new Measurement<double>(
            value.Value, new("channel", status.Channel.Value), new KeyValuePair<string, object?>("product", product.Name()));

    private static long NoOwnerSeconds(ChannelStatus status) =>
        (long)Math.Max(0, status.NoOwnerFor.GetValueOrDefault().TotalSeconds);

    private static OutageLevel Level(ProductStanding standing) => standing.Outage?.Level ?? OutageLevel.None;

    /// <summary>1 for the reason why a channel gets no payments, 0 for the others.</summary>
    private IEnumerable<Measurement<long>> ByReason() =>
        from status in Owned()
        from why in Enum.GetValues<ClosingReason>()
        select new Measurement<long>(
            status.Closed?.Why == why ? 1 : 0,
            new("channel", status.Channel.Value), new KeyValuePair<string, object?>("why", why.Name()));

    private IEnumerable<Measurement<long>> ByLane(Func<LaneReport, long> figure)
    {
        foreach (var status in Owned())
        {
            yield return Of(status.Submit, "submit");
            yield return Of(status.Query, "query");

            Measurement<long> Of(LaneReport lane, string name) => new(
                figure(lane), new("channel", status.Channel.Value), new KeyValuePair<string, object?>("lane", name));
        }
    }

    private IReadOnlyList<ChannelStatus> All() => _channels.All();

    private IEnumerable<ChannelStatus> Owned() => All().Where(status => status.IsOwnedHere);

    private static IEnumerable<Measurement<long>> ByChannel(
        IEnumerable<ChannelStatus> channels, Func<ChannelStatus, long> figure) =>
        channels.Select(status => new Measurement<long>(
            figure(status), new KeyValuePair<string, object?>("channel", status.Channel.Value)));
}
