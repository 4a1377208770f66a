using RouterCluster.Api;
using RouterCluster.Domain.Counters;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;
using StackExchange.Redis;

namespace RouterCluster.Node.Codes;

/// <summary>Shows how often a channel answered what, by the counters in Redis.</summary>
internal sealed class CodeEndpoints(
    OperatorAccess access, ListInForce<ChannelSettings> channels, RedisCounters redis, CodeSamples samples, NodeSettings node,
    RouterClock clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    public static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    private const int SecondsOfMinute = 60;

    private static readonly string WhyWrong =
        $"{PaymentFilterReader.Moment.Says}, and not more than a day ago: minutes are kept for two";

    public Task GetAsync(HttpContext context, string id, string? since) =>
        access.EnterAsync(context, isChange: false, async _ =>
        {
            if (channels.FirstOrDefault(one => one.Id.Value == id) is not { } channel)
            {
                return Refusals.NoSuch("channel", id, channels.Select(one => one.Id.Value));
            }

            var now = clock.Utc;
            var from = now - Usual;
            if (since is not null
                && (!PaymentFilterReader.TryMoment(since, now, out from) || from > now || from < now - Longest))
            {
                return Refusals.Invalid("since", WhyWrong);
            }

            if (await ReadAsync(channel.Id, from, now) is not { } counted)
            {
                return Refusals.Unavailable with { Detail = "Redis has no answer; payments go on." };
            }

            var found = await samples.FindAsync(
                channel.Id, [.. counted.Codes.Select(code => code.Code).Distinct()], counted.Since, context.RequestAborted);
            await context.JsonAsync(200, ToBody(channel.Id, counted, now, found), ApiJson.Default.CodesBody);
            return null;
        });

    /// <summary>Null when Redis cannot be asked.</summary>
    private async Task<Counted?> ReadAsync(ChannelId channel, DateTimeOffset from, DateTimeOffset now)
    {
        var first = CounterPeriod.MinuteOf(from);
        var last = CounterPeriod.MinuteOf(now);
        var count = (int)((last.Start - first.Start) / SecondsOfMinute) + 1;
        var minutes = Enumerable.Range(0, count).Select(last.MinutesBefore).ToList();
        var day = first.Day(node.DayOffset);
        CounterPeriod[] days = [CounterPeriod.SecondOf(from - TimeSpan.FromDays(1)).Day(node.DayOffset), day];
        try
        {
            // Days have every field that any of their minutes has, so that minutes need not be searched.
            var named = days.Append(last.Day(node.DayOffset)).Distinct();
            if (await redis.ReadAsync(named, CodeDistribution.PatternOf(channel)) is not { } ofDays
                || await redis.ReadAsync(minutes, [.. ofDays.SelectMany(one => one.Keys).Distinct()]) is not { } ofMinutes)
            {
                return null;
            }

            var sums = CounterTotals.Sum(ofMinutes);
            var sameDay = CounterTotals.Sum(ofMinutes.Where((_, at) => minutes[at].Day(node.DayOffset) == day));
            var before = CodeDistribution.Outside(channel, CounterTotals.Sum(ofDays.Take(days.Length)), sameDay);
            return new Counted(
                DateTimeOffset.FromUnixTimeSeconds(first.Start), CodeDistribution.Of(channel, sums, before),
                CodeDistribution.BanksOf(channel, sums), before is not null);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    private static CodesBody ToBody(
        ChannelId channel, Counted counted, DateTimeOffset now, IReadOnlyDictionary<string, PaymentId> found) => new(
        channel.Value, counted.Since, now, counted.IsCompared, counted.Codes.Sum(code => code.Count),
        [.. counted.Codes.Select(code => new CodeBody(
            code.Code, code.Class, code.Count, code.Share, code.IsNew, code.IsUnmapped,
            found.TryGetValue(code.Code, out var payment) ? payment.Value : null))],
        [.. counted.Banks.Select(bank => new CodeBankBody(
            bank.Bank, bank.Attempts, bank.Succeeded, bank.Failed, bank.Faults, bank.Unresolved))]);

    private sealed record Counted(
        DateTimeOffset Since, IReadOnlyList<CountedCode> Codes, IReadOnlyList<BankCounts> Banks, bool IsCompared);
}
