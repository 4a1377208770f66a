using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Downtimes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Maintenance;

/// <summary>
/// Tells a merchant of maintenance only where none of the channels that its payments may go to serves the product and bank
/// meanwhile. A channel serves unless its own maintenance is open, or operators have disabled, drained or isolated it or this
/// part of it; an exclusion of some amounts leaves the rest served. Nobody can plan faults, so breakers, outages and pauses
/// count for nothing here, nor do limits of amount and currencies: a channel that takes some payments of the bank serves it.
/// </summary>
internal sealed class DowntimeEndpoints(
    MerchantAccess access, SharedPlaces places, IReadOnlyList<ChannelSettings> settings, IReadOnlyList<PolicySettings> policies,
    IChannels channels, RouterClock clock)
{
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(7);

    public Task ListAsync(HttpContext context) => access.EnterAsync(context, places, async (caller, _) =>
    {
        var now = clock.Utc;
        var statuses = channels.All().ToDictionary(status => status.Channel);
        var rows =
            from product in caller.Merchant.Products
            let usable = RouteChoices.Usable(policies, caller.Merchant, caller.Mode, product, settings)
            from downtime in DowntimeRules.Of([.. usable.Select(channel => new ServingChannel(
                channel.Terms.Banks,
                [.. ClosedTimes(channel, statuses.GetValueOrDefault(channel.Id), caller.Merchant.Id, product, now)]))])
            where downtime.Time.Until > now && downtime.Time.From < now + Horizon
            orderby downtime.Time.From > now ? downtime.Time.From : now, product, downtime.Bank
            select ToBody(product, downtime, now);
        await context.JsonAsync(200, new ListBody<DowntimeBody>([.. rows], Next: null), ApiJson.Default.DowntimeList);
        return null;
    });

    private static DowntimeBody ToBody(Product product, Downtime downtime, DateTimeOffset now) => new(
        product.Name(),
        downtime.Bank,
        downtime.Except,
        downtime.Time.From > now ? downtime.Time.From : null,
        downtime.Time.Until < now + Horizon ? downtime.Time.Until : null);

    /// <param name="status">Null: the channel has just come into the configuration.</param>
    private static IEnumerable<ClosedTime> ClosedTimes(
        ChannelSettings channel, ChannelStatus? status, MerchantId merchant, Product product, DateTimeOffset now)
    {
        var windows = channel.Maintenance.Select(window => new MaintenancePlan(window, null))
            .Concat((status?.Planned ?? []).Select(planned => planned.Plan));
        var times =
            from plan in windows
            from time in plan.Window.Between(now, now + Horizon)
            select new ClosedTime(plan.Bank, time, IsMaintenance: true);
        return status is null ? times : times.Concat(ClosedTimes(status, merchant, product));
    }

    private static IEnumerable<ClosedTime> ClosedTimes(ChannelStatus status, MerchantId merchant, Product product)
    {
        if (status.AnnouncedUntil is { } announced)
        {
            yield return new ClosedTime(null, Until(announced), IsMaintenance: true);
        }

        foreach (var one in status.Switches)
        {
            // Where a switch ends and an earlier one comes back, the channel stays closed.
            yield return new ClosedTime(null, Until(one.Mark?.End is { Value: null } end ? end.At : null), IsMaintenance: false);
        }

        foreach (var exclusion in status.Exclusions.Where(one => one.Scope.IsOfAllAmounts(merchant, product)))
        {
            yield return new ClosedTime(exclusion.Scope.Bank, Until(exclusion.EndsAt), IsMaintenance: false);
        }
    }

    private static MaintenanceTime Until(DateTimeOffset? end) => new(DateTimeOffset.MinValue, end ?? DateTimeOffset.MaxValue);
}
