using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Domain.Counters;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;
using StackExchange.Redis;

namespace RouterCluster.Node.Counters;

/// <summary>Shows operators what changed most in the last minutes, by the counters in Redis.</summary>
internal sealed class CounterEndpoints(OperatorAccess access, RedisCounters redis, RouterClock clock)
{
    public const int UsualMinutes = 5;
    public const int MostMinutes = 30;
    public const int UsualItems = 20;

    /// <summary>The time before is so many times as long: what is usual has to be known better than what is now.</summary>
    private const int TimesLonger = 6;

    public Task ListAsync(HttpContext context, string? minutes, string? limit) =>
        access.EnterAsync(context, isChange: false, _ =>
        {
            var errors = new FieldErrors();
            var span = UsualMinutes;
            if (minutes is not null && (!int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out span)
                || span is < 1 or > MostMinutes))
            {
                errors.Add("minutes", $"must be a whole number from 1 to {MostMinutes}");
            }

            return Paging.ShowAsync(limit ?? UsualItems.ToString(CultureInfo.InvariantCulture), errors, async most =>
            {
                if (await MoversAsync(span, most) is { } body)
                {
                    await context.JsonAsync(200, body, ApiJson.Default.MoversBody);
                }
                else
                {
                    await context.RefuseAsync(Refusals.Unavailable with { Detail = "Redis has no answer; payments go on." });
                }
            });
        });

    /// <summary>Null when Redis cannot be asked.</summary>
    private async Task<MoversBody?> MoversAsync(int minutes, int most)
    {
        var until = clock.Utc;
        var current = CounterPeriod.MinuteOf(until);
        var last = minutes + 1;
        try
        {
            // The newest first: the minute that still runs, then whole ones.
            var periods = Enumerable.Range(0, last + (minutes * TimesLonger)).Select(current.MinutesBefore);
            return await redis.ReadAsync(periods) is { } read ? Compare(read, until, last, most) : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return null;
        }
    }

    private static MoversBody Compare(
        IReadOnlyDictionary<CounterField, long>[] read, DateTimeOffset until, int last, int most)
    {
        var since = DateTimeOffset.FromUnixTimeSeconds(CounterPeriod.MinuteOf(until).MinutesBefore(last - 1).Start);
        var wholeMinutes = WholeMinutes(read);
        var movers = wholeMinutes <= last
            ? []
            : CounterMovers.Find(
                new CounterSums(TimeSpan.FromMinutes(wholeMinutes - last), CounterTotals.Sum(read[last..wholeMinutes])),
                new CounterSums(until - since, CounterTotals.Sum(read[..last])), most);
        return new MoversBody(
            since, until, Math.Max(0, wholeMinutes - last),
            [.. movers.Select(mover => new MoverBody(
                mover.Field.Dimension, mover.Field.Name, mover.Field.What, mover.BeforePerMinute, mover.NowPerMinute,
                mover.Deviations))]);
    }

    /// <summary>
    /// A server that has counted for a shorter time says nothing of the time before; it began within its first minute.
    /// </summary>
    private static int WholeMinutes(IReadOnlyDictionary<CounterField, long>[] read)
    {
        var first = Array.FindLastIndex(read, counters => counters.Count > 0);
        return first == read.Length - 1 ? read.Length : first;
    }
}
