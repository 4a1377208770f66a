using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Forecasts;

/// <summary>
/// Sends past payments once more, by the terms, rules, policies and states of channels of this moment and the success rates of
/// the time looked at. Limits take effect on the mean of that time; channels that get more than they have room for are named,
/// and keep what they get.
/// </summary>
public static class ForecastRules
{
    private const double MillisecondsOfSecond = 1000;

    public static Forecast Of(ForecastQuestion question)
    {
        var sums = new Dictionary<(MerchantId, Product, Currency), ForecastSums>();
        var (groups, shares) = (new ForecastGroups(question), new Dictionary<ForecastGroup, double>());
        var beyondLimits = 1 - KeptWithinLimits(question);
        foreach (var payment in question.Payments)
        {
            var key = (payment.Merchant, payment.Product, payment.Amount.Currency);
            if (!sums.TryGetValue(key, out var sum))
            {
                sums[key] = sum = new ForecastSums(payment.Merchant, payment.Product, payment.Amount.Currency);
            }

            sum.Add(payment);
            var rule = question.Rules.For(payment.Merchant, payment.Product);
            var (group, isNew) = groups.Of(payment, rule);
            if (isNew)
            {
                shares[group] = 1 - ((1 - beyondLimits) * KeptWithWeight(question, group, payment));
            }

            if (IsTakenAway(question.After, payment) || group.Moves(shares[group]))
            {
                sum.Move(payment, group.Choose(payment));
            }
        }

        ForecastRow[] rows =
        [
            .. sums.Values.Select(sum => sum.ToRow(question)).OrderByDescending(row => row.Payments)
                .ThenBy(row => row.Merchant.Value, StringComparer.Ordinal).ThenBy(row => row.Product)
                .ThenBy(row => row.Currency.Value, StringComparer.Ordinal),
        ];
        return new Forecast(
            [.. rows], [.. Targets(question, sums.Values)],
            Mean(rows, row => row.SuccessBefore), Mean(rows, row => row.SuccessAfter))
        {
            LeftWithoutChannel = [.. question.Served.Where(served => IsLeft(question, served))],
        };
    }

    private static bool IsTakenAway(ChannelAfter after, RouteRequest payment) =>
        !after.IsOpen || after.Excluded?.Covers(payment.Merchant, payment.Product, payment.Bank, payment.Amount.Minor) == true;

    /// <summary>The part of the payments that smaller limits leave, 0-1.</summary>
    private static double KeptWithinLimits(ForecastQuestion question)
    {
        var (lane, after) = (question.Channel.Submit, question.After);
        if (question.Payments.Count == 0 || (after.Concurrency >= lane.Budget && after.RatePerSecond >= lane.RatePerSecond))
        {
            return 1;
        }

        var perSecond = question.Payments.Count / question.Span.TotalSeconds;
        var most = lane.P50Ms > 0
            ? Math.Min(after.RatePerSecond, after.Concurrency * MillisecondsOfSecond / lane.P50Ms)
            : after.RatePerSecond;
        return Math.Min(1, most / perSecond);
    }

    /// <summary>The part of the group's payments that a smaller weight leaves, 0-1.</summary>
    private static double KeptWithWeight(ForecastQuestion question, ForecastGroup group, RouteRequest payment)
    {
        if (question.After.Weight >= question.Channel.Weight)
        {
            return 1;
        }

        var before = group.ShareOf(question.Channel, question.Channel.Weight, payment);
        return before > 0 ? Math.Min(1, group.ShareOf(question.Channel, question.After.Weight, payment) / before) : 1;
    }

    private static IEnumerable<ForecastTarget> Targets(ForecastQuestion question, IEnumerable<ForecastSums> sums) =>
        from moved in sums.SelectMany(sum => sum.To)
        group moved by moved.Channel.Id into moved
        let payments = moved.Sum(one => one.Payments)
        orderby payments descending, moved.Key.Value
        select TargetOf(question, moved.First().Channel, payments);

    private static ForecastTarget TargetOf(ForecastQuestion question, ForecastChannel channel, long payments)
    {
        var (perSecond, lane) = (payments / question.Span.TotalSeconds, channel.Submit);
        AttemptCounts? counts = channel.Counts?.Values.Aggregate(default(AttemptCounts), (sum, one) => sum + one);
        var free = lane.RatePerSecond - (counts?.Attempts / question.CountedSpan.TotalSeconds);
        return new ForecastTarget(
            channel.Id, payments, perSecond, lane.P50Ms > 0 ? perSecond * lane.P50Ms / MillisecondsOfSecond : null,
            Math.Max(0, lane.Budget - lane.InFlight), free is { } rate ? Math.Max(0, rate) : null, counts?.SuccessRate);
    }

    /// <summary>The change takes the channel from the merchant's product, and no other one serves it now.</summary>
    private static bool IsLeft(ForecastQuestion question, ServedMerchant served)
    {
        var (merchant, product, mode) = served;
        if (question.After.IsOpen && question.After.Excluded?.IsWhole(merchant, product) != true)
        {
            return false;
        }

        var rule = question.Rules.For(merchant, product);
        return !question.Others.Any(other => other.Serves(merchant, product, mode) && IsAllowed(rule, other.Id));
    }

    private static bool IsAllowed(RouteRule rule, ChannelId channel) =>
        rule.WhyNot(channel, rule.Policy) is null
        || (rule.Canary is { } canary && rule.WhyNot(channel, canary) is null);

    /// <summary>Null where one of them is not known, or there are none.</summary>
    private static double? Mean(ForecastRow[] rows, Func<ForecastRow, double?> rate)
    {
        double? sum = 0;
        foreach (var row in rows)
        {
            sum += rate(row) * row.Payments;
        }

        return rows.Length == 0 ? null : sum / rows.Sum(row => row.Payments);
    }
}
