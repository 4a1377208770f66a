using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Forecasts;

/// <summary>Gathers what a forecast rests on: stored payments, counters, the channels' reports, rules and policies.</summary>
internal sealed class ChannelForecasts(
    ListInForce<ChannelSettings> settings, IReadOnlyList<MerchantSettings> merchants, IReadOnlyList<PolicySettings> policies,
    IChannels channels, IPaymentHistory history, IPayments payments, RedisCounters redis, RouterClock clock)
    : IChannelForecasts
{
    private readonly HeldOrders _orders = new(history, payments);

    public async Task<ForecastBody?> OfAsync(ChannelStatus status, ChannelChange change, CancellationToken cancellation)
    {
        var (now, all) = (clock.Utc, settings.Current);
        if (all.FirstOrDefault(one => one.Id == status.Channel) is not { } channel)
        {
            return null;
        }

        var traffic = await ForecastTraffic.ReadAsync(history, channel.Id, now, cancellation);
        var counts = await ForecastCounts.ReadAsync(redis, traffic, Alike(channel, all));
        var held = await _orders.ReadAsync(status, all.UnknownAt(now), cancellation);
        var forecast = ForecastRules.Of(Question(channel, status, change, all, traffic, counts));
        return new ForecastBody(
            channel.Id.Value,
            [.. change.Differences(channel, status).Select(one => new ForecastChangeBody(one.What, one.Now, one.Then))],
            traffic.Since, traffic.Until, traffic.IsComplete, forecast.Payments, forecast.Moving,
            forecast.Payments == 0 ? null : forecast.Moving / (double)forecast.Payments,
            forecast.SuccessBefore, forecast.SuccessAfter,
            [.. forecast.Rows.Select(row => row.ToBody())], [.. forecast.Targets.Select(target => target.ToBody())],
            HeldBody(channel, held, change), forecast.LeftWithoutChannel.ToBody(),
            [.. NotKnown(channel, traffic, counts, held, change, status)]);
    }

    private ForecastQuestion Question(
        ChannelSettings channel, ChannelStatus status, ChannelChange change, IReadOnlyList<ChannelSettings> all,
        ForecastTraffic traffic, ForecastCounts? counts)
    {
        var statuses = channels.All().ToDictionary(one => one.Channel);
        var others = all.Where(one => one.Id != channel.Id && statuses.ContainsKey(one.Id))
            .Select(one => one.ToForecast(statuses[one.Id], traffic.Until, counts?.Channels.GetValueOrDefault(one.Id)));
        return new ForecastQuestion(
            channel.ToForecast(status, traffic.Until, counts?.Channels.GetValueOrDefault(channel.Id)),
            change.After(channel, status), [.. others], PolicyCatalog.Rules(policies, merchants, all), traffic.Payments,
            traffic.Span)
        {
            Served = [.. Served(channel, all)],
            Accepted = counts?.Accepted,
            CountedSpan = counts?.Span ?? traffic.Span,
        };
    }

    /// <summary>The channels that may take payments of this one, and itself.</summary>
    private static List<(ChannelId Channel, Product Product)> Alike(
        ChannelSettings channel, IReadOnlyList<ChannelSettings> all) =>
    [
        .. from one in all
           where one.Terms.Mode == channel.Terms.Mode && one.Terms.Products.Overlaps(channel.Terms.Products)
           from product in one.Terms.Products
           select (one.Id, product),
    ];

    private IEnumerable<ServedMerchant> Served(ChannelSettings channel, IReadOnlyList<ChannelSettings> all) =>
        from merchant in merchants
        where merchant.Keys.Any(key => key.Mode == channel.Terms.Mode)
        from product in merchant.Products.Order()
        where RouteChoices.Usable(policies, merchant, channel.Terms.Mode, product, all).Contains(channel)
        select new ServedMerchant(merchant.Id, product, channel.Terms.Mode);

    /// <summary>Amounts of several currencies have no sum.</summary>
    private static ForecastHeldBody HeldBody(ChannelSettings channel, HeldOrders.Held held, ChannelChange change)
    {
        var currency = channel.Terms.Currencies.Count == 1 ? channel.Terms.Currencies.Single().Value : null;
        return new ForecastHeldBody(Of(held.Queued), Of(held.InFlight), Of(held.Unknown), change.QueuedGo(), currency);

        ForecastSumBody Of(ForecastSumBody sum) => currency is null ? sum with { Amount = null } : sum;
    }

    private static IEnumerable<string> NotKnown(
        ChannelSettings channel, ForecastTraffic traffic, ForecastCounts? counts, HeldOrders.Held held, ChannelChange change,
        ChannelStatus status)
    {
        if (counts is null)
        {
            yield return "The counters cannot be read: success rates, free rates and shares of all payments are not known.";
        }

        if (!traffic.IsComplete)
        {
            yield return $"There were more payments in the hour than the {ForecastTraffic.MostPayments} that are looked at.";
        }

        if (held.Queued.Amount is null || held.Unknown.Amount is null)
        {
            yield return "Too many payments are open, or a book has no answer: amounts that are held back are not all known.";
        }

        if (channel.Terms.Currencies.Count > 1)
        {
            yield return "The channel takes several currencies: amounts that are held back have no sum.";
        }

        if (change.After(channel, status).Weight > status.Weight)
        {
            yield return "How many payments more weight draws from other channels is not computed.";
        }
    }
}
