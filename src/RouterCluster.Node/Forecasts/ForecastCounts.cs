using System.Collections.Immutable;
using RouterCluster.Domain.Counters;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Counters;
using StackExchange.Redis;

namespace RouterCluster.Node.Forecasts;

/// <summary>What the counters in Redis have of the minutes that a forecast looks at.</summary>
/// <param name="Span">From the first minute that was counted to now.</param>
internal sealed record ForecastCounts(
    ImmutableDictionary<ChannelId, ImmutableDictionary<Product, AttemptCounts>> Channels,
    ImmutableDictionary<(MerchantId Merchant, Product Product), long> Accepted, TimeSpan Span)
{
    private const int SecondsOfMinute = 60;
    private const string Attempts = "attempts";
    private const string Succeeded = "succeeded";
    private const string Faults = "faults";
    private const string AcceptedOnes = "accepted";

    /// <summary>Null when Redis cannot be asked, or has counted none of the payments.</summary>
    public static async Task<ForecastCounts?> ReadAsync(
        RedisCounters redis, ForecastTraffic traffic, IReadOnlyList<(ChannelId Channel, Product Product)> channels)
    {
        var merchants = traffic.Payments.Select(payment => (payment.Merchant, payment.Product)).Distinct().ToList();
        var last = CounterPeriod.MinuteOf(traffic.Until);
        var first = CounterPeriod.MinuteOf(traffic.Since);
        var minutes = Enumerable.Range(0, (int)((last.Start - first.Start) / SecondsOfMinute) + 1)
            .Select(last.MinutesBefore).ToList();
        CounterField[] fields =
        [
            .. from pair in channels
               from what in new[] { Attempts, Succeeded, Faults }
               select CounterField.Of(pair.Channel, pair.Product, what),
            .. merchants.Select(pair => CounterField.Of(pair.Merchant, pair.Product, AcceptedOnes)),
        ];
        try
        {
            return await redis.ReadAsync(minutes, fields) is { } read && SpanOf(read, minutes, traffic) is { } span
                ? Of(CounterTotals.Sum(read), channels, merchants, span)
                : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>A server that has counted for a shorter time says nothing of the time before.</summary>
    private static TimeSpan? SpanOf(
        IReadOnlyDictionary<CounterField, long>[] read, List<CounterPeriod> minutes, ForecastTraffic traffic)
    {
        var oldest = Array.FindLastIndex(read, counters => counters.Count > 0);
        if (oldest < 0)
        {
            return traffic.Payments.Count == 0 ? traffic.Span : null;
        }

        var began = DateTimeOffset.FromUnixTimeSeconds(minutes[oldest].Start);
        return traffic.Oldest < began ? traffic.Until - began : traffic.Span;
    }

    private static ForecastCounts Of(
        IReadOnlyDictionary<CounterField, long> sums, IReadOnlyList<(ChannelId Channel, Product Product)> channels,
        List<(MerchantId Merchant, Product Product)> merchants, TimeSpan span) => new(
        channels.GroupBy(pair => pair.Channel).ToImmutableDictionary(
            ofChannel => ofChannel.Key,
            ofChannel => ofChannel.ToImmutableDictionary(pair => pair.Product, pair => new AttemptCounts(
                sums.GetValueOrDefault(CounterField.Of(pair.Channel, pair.Product, Attempts)),
                sums.GetValueOrDefault(CounterField.Of(pair.Channel, pair.Product, Succeeded)),
                sums.GetValueOrDefault(CounterField.Of(pair.Channel, pair.Product, Faults))))),
        merchants.ToImmutableDictionary(
            pair => pair, pair => sums.GetValueOrDefault(CounterField.Of(pair.Merchant, pair.Product, AcceptedOnes))),
        span);
}
