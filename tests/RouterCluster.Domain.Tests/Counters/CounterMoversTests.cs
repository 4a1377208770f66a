using RouterCluster.Domain.Counters;

namespace RouterCluster.Domain.Tests.Counters;

/// <summary>What changed is found, what chance moves is not.</summary>
public sealed class CounterMoversTests
{
    private static readonly CounterField Faults = new("channel", "alpha", "faults");
    private static readonly CounterField Attempts = new("channel", "alpha", "attempts");

    [Fact]
    public void The_largest_change_comes_first()
    {
        var before = Sums(30, (Faults, 30), (Attempts, 3000));
        var now = Sums(5, (Faults, 100), (Attempts, 700));

        var movers = CounterMovers.Find(before, now, 10);

        Assert.Equal([Faults, Attempts], movers.Select(mover => mover.Field));
        Assert.Equal((1, 20), (movers[0].BeforePerMinute, movers[0].NowPerMinute));
        Assert.True(movers[0].Deviations > movers[1].Deviations && movers[1].Deviations > 0);
        Assert.Equal([Faults], CounterMovers.Find(before, now, 1).Select(mover => mover.Field));
    }

    [Fact]
    public void What_is_no_longer_there_has_moved_too()
    {
        var mover = Assert.Single(CounterMovers.Find(Sums(30, (Attempts, 3000)), Sums(5), 10));

        Assert.True(mover.Deviations < -20);
        Assert.Equal((100, 0), (mover.BeforePerMinute, mover.NowPerMinute));
    }

    [Fact]
    public void Money_and_other_dimensions_do_not_count()
    {
        var now = Sums(
            5, (new CounterField("channel", "alpha", "amount_succeeded"), 1_000_000),
            (new CounterField("channel_bank", "alpha/ICBC", "faults"), 1000),
            (new CounterField("total", "all", "accepted"), 1000));

        Assert.Empty(CounterMovers.Find(Sums(30), now, 10));
    }

    /// <summary>Counts of rare events vary by their square root.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1000)]
    public void Chance_alone_is_listed_less_than_once_in_a_thousand(double perMinute)
    {
        var random = new Random(7);
        var found = 0;
        for (var look = 0; look < 10_000; look++)
        {
            var before = Sums(30, (Faults, Poisson(random, 30 * perMinute)));
            found += CounterMovers.Find(before, Sums(5, (Faults, Poisson(random, 5 * perMinute))), 10).Length;
        }

        Assert.InRange(found, 0, 10);
    }

    [Theory]
    [InlineData("channel:alpha:faults", true)]
    [InlineData("channel:alpha", false)]
    [InlineData("a:b:c:d", false)]
    public void A_field_is_read_back_from_its_text(string text, bool isKnown) =>
        Assert.Equal(isKnown ? text : null, CounterField.Parse(text)?.ToString());

    private static CounterSums Sums(int minutes, params (CounterField Field, long Count)[] counts) =>
        new(TimeSpan.FromMinutes(minutes), counts.ToDictionary(each => each.Field, each => each.Count));

    /// <summary>Rounded from the normal distribution where it is as good.</summary>
    private static long Poisson(Random random, double mean)
    {
        if (mean > 500)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (long)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        var count = 0L;
        for (var product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
