using RouterCluster.Domain.Counters;

namespace RouterCluster.Domain.Tests.Counters;

/// <summary>Sums of seconds, minutes and days, in bounded memory while nobody takes them.</summary>
public sealed class PendingCountsTests
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private static readonly CounterField Alpha = new("channel", "alpha", "succeeded");
    private static readonly CounterField Bravo = new("channel", "bravo", "succeeded");

    // 15:59:58 UTC, two seconds before the day of UTC+8 ends.
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 15, 59, 58, TimeSpan.Zero);

    [Fact]
    public void An_addition_counts_in_its_second_its_minute_and_its_day()
    {
        var pending = new PendingCounts(100, Offset);
        Add(pending, 0, Alpha, 1);
        Add(pending, 1, Alpha, 2);
        Add(pending, 2, Alpha, 4);
        Add(pending, 2, Bravo, 8);

        var taken = Written(pending);

        Assert.Equal(
            [
                "d:20260314 channel:alpha:succeeded 3", "d:20260315 channel:alpha:succeeded 4",
                "d:20260315 channel:bravo:succeeded 8",
                "m:29558399 channel:alpha:succeeded 3", "m:29558400 channel:alpha:succeeded 4",
                "m:29558400 channel:bravo:succeeded 8",
                "s:1773503998 channel:alpha:succeeded 1", "s:1773503999 channel:alpha:succeeded 2",
                "s:1773504000 channel:alpha:succeeded 4", "s:1773504000 channel:bravo:succeeded 8",
            ],
            taken);
        Assert.Equal(0, pending.Count);
        Assert.Empty(pending.Take());
    }

    [Fact]
    public void Without_place_the_oldest_seconds_are_kept_as_minutes_and_nothing_is_missing_from_minutes()
    {
        var pending = new PendingCounts(10, Offset);
        for (var second = 2; second < 62; second++)
        {
            Add(pending, second, Alpha, 1);
            Assert.InRange(pending.Count, 1, 10);
        }

        var taken = Written(pending);

        Assert.Equal(0, pending.Lost);
        Assert.Contains("m:29558400 channel:alpha:succeeded 60", taken);
        Assert.Contains("d:20260315 channel:alpha:succeeded 60", taken);
        Assert.DoesNotContain(taken, line => line.StartsWith("s:1773504000", StringComparison.Ordinal));
        Assert.Contains("s:1773504059 channel:alpha:succeeded 1", taken);
    }

    [Fact]
    public void Minutes_without_place_are_kept_as_days()
    {
        var pending = new PendingCounts(10, Offset);
        for (var minute = 0; minute < 60; minute++)
        {
            Add(pending, 2 + (60 * minute), Alpha, 1);
        }

        Assert.Equal(0, pending.Lost);
        Assert.InRange(pending.Count, 1, 10);
        Assert.Contains("d:20260315 channel:alpha:succeeded 60", Written(pending));
    }

    [Fact]
    public void What_has_no_place_at_all_is_lost_and_told()
    {
        var pending = new PendingCounts(10, Offset);
        for (var name = 0; name < 12; name++)
        {
            Add(pending, 0, Alpha with { Name = $"{name}" }, 1);
        }

        Add(pending, 0, Alpha with { Name = "0" }, 1);

        Assert.Equal(2, pending.Lost);
        Assert.Equal(10, pending.Count);
        Assert.Contains("s:1773503998 channel:0:succeeded 2", Written(pending));
    }

    [Theory]
    [InlineData(PeriodLength.Second, "2026-03-14T16:09:59Z")]
    [InlineData(PeriodLength.Minute, "2026-03-16T16:00:00Z")]
    [InlineData(PeriodLength.Day, "2026-05-13T16:00:00Z")]
    public void Counters_are_kept_as_long_as_the_contract_says(PeriodLength length, string until)
    {
        var second = CounterPeriod.SecondOf(Start);
        var period = length switch
        {
            PeriodLength.Second => second,
            PeriodLength.Minute => second.Minute(),
            PeriodLength.Day => second.Day(Offset),
        };

        Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), period.ExpiresAt);
    }

    private static void Add(PendingCounts pending, int second, CounterField field, long amount) =>
        pending.Add(CounterPeriod.SecondOf(Start.AddSeconds(second)), field, amount);

    private static IEnumerable<string> Written(PendingCounts pending) => pending.Take()
        .Select(increment => $"{increment.Period.Key(Offset)} {increment.Field} {increment.Amount}")
        .Order(StringComparer.Ordinal).ToList();
}
