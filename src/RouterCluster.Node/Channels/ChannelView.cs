using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Channels;

internal static class ChannelView
{
    /// <summary>No operator has taken the channel out. A channel without an owner may still be enabled.</summary>
    public static bool IsEnabled(this ChannelStatus status) =>
        status.Lifecycle is ChannelLifecycle.Active or ChannelLifecycle.NoOwner;

    public static string[] ProductNames(this ChannelSettings settings) =>
        [.. settings.Terms.Products.Order().Select(product => product.Name())];

    public static ChannelBody ToBody(this ChannelStatus status, ChannelSettings settings) => new(
        status.Channel.Value,
        status.IsEnabled(),
        status.Lifecycle.Name(),
        settings.ProductNames(),
        status.Weight,
        ToBody(status.Submit),
        ToBody(status.Query),
        status.SuccessRate,
        status.TrafficShare,
        status.Outage is { } outage ? new OutageBody(outage.Level.Name(), outage.Since) : null,
        status.Closed is { } closed ? new ClosedBody(closed.Until, closed.Why.Name()) : null,
        new UnknownBody(status.UnknownCount, status.UnknownAmount, (long)status.UnknownOldest.TotalSeconds)
        {
            Currency = settings.Terms.Currencies.Count == 1 ? settings.Terms.Currencies.Single().Value : null,
        },
        status.Changed is { } changed
            ? new ChangedBody(changed.At, changed.By, changed.What, changed.Reason.Length > 0 ? changed.Reason : null)
            : null,
        status.MaintenanceUntil)
    {
        NoOwnerSeconds = status.NoOwnerFor is { } time ? Math.Max(0, (long)time.TotalSeconds) : null,
        Configured = new ConfiguredBody(ToConfigured(settings.Submit), ToConfigured(settings.Query), settings.Weight),
        Overrides = [.. status.Overrides.Select(one => new OverrideBody(
            one.Key.Name(), one.Value, settings.Configured(one.Key), one.Mark?.By, one.Mark?.At))],
        Switches = [.. status.Switches.Select(one => new SwitchBody(
            one.Key.Name(), one.Key.Text(one.Value), one.Mark?.By, one.Mark?.At))],
        Exclusions = [.. status.Exclusions.Select(ToBody)],
        Ends = [.. status.Switches.Concat(status.Overrides).Select(ToEnd).OfType<EndBody>().OrderBy(end => end.At)],
    };

    private static ChannelExclusionBody ToBody(ChannelExclusion one) => new(
        one.No, one.Scope.Bank, one.Scope.Product?.Name(), one.Scope.Merchant?.Value, one.Scope.From, one.Scope.To, one.Reason,
        one.By, one.At, one.EndsAt);

    private static EndBody? ToEnd(ChannelOverride one) => one.Mark is { End: { } end } mark
        ? new EndBody(one.Key.Name(), one.Key.Text(one.Value), end.At, one.Key.Text(end.Value), mark.By, mark.At)
        : null;

    private static ConfiguredLaneBody ToConfigured(LaneSettings lane) => new(lane.Concurrency, lane.RatePerSecond);

    private static LaneBody ToBody(LaneReport lane) => new(
        lane.Breaker.Name(), lane.InFlight, lane.Budget, lane.Queue, lane.RatePerSecond,
        (long)Math.Round(lane.P50Ms), (long)Math.Round(lane.P99Ms));
}
