using CsCheck;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

/// <summary>What is counted, what is learnt of it, and what a restart or a silent node leaves out.</summary>
public sealed class VolumeTallyTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private VolumeTally _tally = Recovered();

    [Fact]
    public void A_quarter_that_was_watched_is_learnt_and_the_one_before_it_is_not()
    {
        Run(Noon - (3 * Minute), Noon + Quarter, 2);

        var learnt = Assert.Single(_tally.Unsaved);
        Assert.Equal((Product.Withhold, Noon.ToUnixTimeSeconds() / 900), (learnt.Product, learnt.Last));
        Assert.Equal([30], learnt.Weeks.AsEnumerable());
    }

    [Fact]
    public void The_median_of_the_four_weeks_before_is_usual()
    {
        int[] perMinute = [9, 9, 1, 2, 3, 100];
        for (var week = 0; week < perMinute.Length; week++)
        {
            Run(Noon - Minute + (week * Week), Noon + Quarter + (week * Week), perMinute[week]);
        }

        var learnt = Assert.Single(_tally.Unsaved);
        Assert.Equal([135, 15, 30, 45, 1500], learnt.Weeks.AsEnumerable());
        Assert.Equal((37.5, 4), learnt.Before(learnt.Last));
        Assert.Equal((37.5, 4), learnt.Before(learnt.Last + UsualVolume.QuartersOfWeek));
        Assert.Null((learnt with { Weeks = [15] }).Before(learnt.Last));
    }

    [Theory]
    [InlineData(0, 15, 15, 15, 15, 2)]
    [InlineData(5, 20, 15, 15, 35, 2)]
    [InlineData(0, 20, 15, 15, 35, 2)]
    [InlineData(6, 20, null, 15, 35, 2)]
    [InlineData(-20, 14, 15, 15, 50, 1)]
    public void The_last_fifteen_whole_minutes_are_looked_at(
        int from, int until, int? taken, double least, double most, int weeks)
    {
        var later = Noon + Week;
        _tally = Recovered(Usual(Noon, 10, 20), Usual(Noon + Quarter, 30, 40), Usual(Noon - Quarter, 50));
        Run(later + ((from - 1) * Minute), later + (until * Minute), 1);

        var read = Assert.Single(_tally.Read(later + (until * Minute), isComplete: true));
        Assert.Equal(taken, read.Taken);
        Assert.Equal((least, most, weeks), (read.UsualLeast, read.UsualMost, read.Weeks));
    }

    [Fact]
    public void Nothing_is_learnt_or_judged_of_time_in_which_a_node_was_silent()
    {
        _tally = Recovered([.. Enumerable.Range(0, 4).Select(no => Usual(Noon + (no * Quarter) - Week, 15))]);
        Run(Noon - Minute, Noon + (5 * Minute), 1);
        _tally.Read(Noon + (5 * Minute), isComplete: false);
        Run(Noon + (5 * Minute), Noon + (20 * Minute), 1);

        Assert.Empty(_tally.Unsaved);
        Assert.Null(Assert.Single(_tally.Read(Noon + (20 * Minute), isComplete: true)).Taken);
        Run(Noon + (20 * Minute), Noon + (21 * Minute), 1);
        Assert.Equal(15, Assert.Single(_tally.Read(Noon + (21 * Minute), isComplete: true)).Taken);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(90)]
    [InlineData(-1)]
    [InlineData(-60)]
    public void A_clock_that_is_set_ends_what_was_watched(int minutes)
    {
        _tally = Recovered([.. Enumerable.Range(-100, 200).Select(no => Usual(Noon + (no * Quarter) - Week, 15))]);
        Run(Noon - Minute, Noon + (14 * Minute), 1);
        var set = Noon + ((14 + minutes) * Minute);
        Assert.Null(Assert.Single(_tally.Read(set, isComplete: true)).Taken);
        Assert.Empty(_tally.Unsaved);
        Run(set, set + (16 * Minute), 1);
        Assert.Equal(15, Assert.Single(_tally.Read(set + (16 * Minute), isComplete: true)).Taken);
    }

    [Fact]
    public void A_quarter_is_learnt_once()
    {
        _tally = Recovered(Usual(Noon, 7));
        Run(Noon - Minute, Noon + Quarter, 1);
        Assert.Empty(_tally.Unsaved);
    }

    [Fact]
    public void Nothing_is_learnt_before_what_is_stored_was_read()
    {
        _tally = new VolumeTally();
        Run(Noon - Minute, Noon + Quarter, 1);
        Assert.Empty(_tally.Unsaved);

        _tally.Recover([]);
        Run(Noon + Quarter, Noon + (2 * Quarter), 1);
        Assert.Single(_tally.Unsaved);
    }

    [Fact]
    public void A_product_that_stops_before_a_restart_is_still_looked_at()
    {
        _tally = Recovered(Usual(Noon - Week, 15, 15));
        Run(Noon - Minute, Noon + Quarter, 0);
        Assert.Equal(0, Assert.Single(_tally.Read(Noon + Quarter, isComplete: true)).Taken);
        Assert.Equal([15, 15, 0], Assert.Single(_tally.Unsaved).Weeks.AsEnumerable());
    }

    [Fact]
    public void What_was_learnt_stays_unsaved_until_it_is_stored()
    {
        Run(Noon - Minute, Noon + Quarter, 1);
        var first = _tally.Unsaved;
        Run(Noon - Minute + Week, Noon + Quarter + Week, 1);
        _tally.Saved(first);
        Assert.Equal([15, 15], Assert.Single(_tally.Unsaved).Weeks.AsEnumerable());
        _tally.Saved(_tally.Unsaved);
        Assert.Empty(_tally.Unsaved);
    }

    /// <summary>Another product's payments, however many, leave a product's figures and usual numbers as they were.</summary>
    [Fact]
    public void No_product_moves_another_ones_figures() =>
        Gen.Select(Gen.Int[0, 50].Array[200], Gen.Int[0, 5000].Array[200]).Sample(
        (withholds, payouts) => Assert.Equal(Told(withholds, []), Told(withholds, payouts)),
        iter: 200);

    private static IReadOnlyList<string> Told(int[] withholds, int[] payouts)
    {
        var tally = Recovered([.. Enumerable.Range(0, 20).Select(no => Usual(Noon + (no * Quarter) - Week, 300, 400))]);
        var told = new List<string>();
        for (var minute = 0; minute < withholds.Length; minute++)
        {
            var at = Noon + (minute * Minute);
            tally.Count(new TakenPayments(Product.Withhold, withholds[minute]), at);
            if (minute < payouts.Length)
            {
                tally.Count(new TakenPayments(Product.Payout, payouts[minute]), at);
            }

            told.AddRange(tally.Read(at, isComplete: true).Where(one => one.Product == Product.Withhold).Select(one => $"{one}"));
        }

        told.AddRange(tally.Unsaved.Where(one => one.Product == Product.Withhold)
            .Select(one => $"{one.Last}: {string.Join(", ", one.Weeks)}"));
        return told;
    }

    private static VolumeTally Recovered(params UsualVolume[] stored)
    {
        var tally = new VolumeTally();
        tally.Recover(stored);
        return tally;
    }

    private static UsualVolume Usual(DateTimeOffset at, params int[] weeks) =>
        new(Product.Withhold, at.ToUnixTimeSeconds() / 900, [.. weeks]);

    private void Run(DateTimeOffset from, DateTimeOffset until, int perMinute)
    {
        for (var at = from; at < until; at += Minute)
        {
            _tally.Count(new TakenPayments(Product.Withhold, perMinute), at);
        }

        _tally.Read(until, isComplete: true);
    }
}
