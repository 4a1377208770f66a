using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>A channel that refuses calls as too many gets what it takes, and is left alone for as long as it asks.</summary>
public sealed class LaneThrottleTests
{
    private static readonly LaneSettings Wide = LaneScene.Usual with { RatePerSecond = 200, Concurrency = 16, Queue = 256 };

    [Fact]
    public void A_refusal_cuts_the_rate_to_less_than_the_channel_took_in_the_last_second()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 20; i++)
        {
            scene.End(scene.Offer());
            scene.Pass(0.04);
        }

        scene.End(scene.Offer(), CallVerdict.Throttled);

        Assert.Equal(0.8 * 20, scene.Report.RatePerSecond, 6);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void What_a_slow_lane_has_saved_up_does_not_leave_at_once_after_a_refusal(double perSecond)
    {
        var scene = LaneScene.Warm(Wide with { RatePerSecond = perSecond });
        scene.End(scene.Offer(), CallVerdict.Throttled);
        scene.OfferMany(16);
        scene.Started.Clear();

        scene.Pass(0.3);

        Assert.Single(scene.Started);
        Assert.NotNull(scene.Report.Throttle);
    }

    [Fact]
    public void Refusals_of_calls_that_were_on_their_way_cut_nothing_more()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(4);
        scene.Pass(0.5);

        foreach (var call in calls)
        {
            scene.End(call, CallVerdict.Throttled, latencyMs: 500);
            scene.Pass(0.001);
        }

        Assert.Equal(4, scene.Report.RatePerSecond, 1);
    }

    [Fact]
    public void A_cut_rate_climbs_slowly_at_first_and_then_fast()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), CallVerdict.Throttled);

        scene.Pass(4);
        Assert.Equal(4 * Math.Exp(0.2), scene.Report.RatePerSecond, 6);
        scene.Pass(11);
        Assert.Equal(4 * Math.Exp(0.5 + 1), scene.Report.RatePerSecond, 6);
        scene.Pass(20);
        Assert.Equal(100, scene.Report.RatePerSecond);
        Assert.Null(scene.Report.Throttle);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void Of_ten_calls_a_second_that_are_taken_at_most_two_more_are_sent(double answersAfter)
    {
        var (sent, taken) = Load(60, perSecond: 60, answersAfter, allowed: 10);

        Assert.InRange(sent, 1, 1.2 * taken);
        Assert.InRange(taken, 0.75 * 600, 610);
    }

    [Theory]
    [InlineData(0.02, 12)]
    [InlineData(1, 40)]
    public void A_channel_that_refuses_everything_is_asked_less_and_less(double answersAfter, int most)
    {
        var (sent, taken) = Load(60, perSecond: 60, answersAfter, allowed: 0);

        Assert.Equal(0, taken);
        Assert.InRange(sent, 5, most);
    }

    [Fact]
    public void It_pauses_as_long_as_the_channel_asks_and_turns_away_what_cannot_wait()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(6);

        scene.End(calls[0], CallVerdict.Throttled, news: Asking(60));
        var later = scene.Offer();

        Assert.Equal(LaneRefusal.Paused, scene.Refused[calls[5]]);
        Assert.Equal(LaneRefusal.Paused, scene.Refused[later]);
        Assert.Equal(60, scene.Report.Throttle!.PausedFor.TotalSeconds);
        scene.Pass(59.9);
        Assert.Equal(4, scene.Started.Count);
        var waiting = scene.Offer();
        scene.Pass(0.1);
        Assert.Equal(waiting, scene.Started[^1]);
    }

    [Fact]
    public void A_pause_is_believed_no_longer_than_the_setting_allows()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { LongestPause = LaneScene.Seconds(30) });

        scene.End(scene.Offer(), CallVerdict.Throttled, news: Asking(86_400));

        Assert.Equal(30, scene.Report.Throttle!.PausedFor.TotalSeconds);
    }

    [Fact]
    public void An_operator_who_knows_better_ends_the_pause()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), CallVerdict.Throttled, news: Asking(60));

        scene.Do((lane, now) => lane.Resume(now));

        Assert.Single(scene.Started);
        scene.Offer();
        Assert.Equal(2, scene.Started.Count);
    }

    private static CallNews Asking(double seconds) => new(LaneScene.Seconds(seconds), null, null);

    /// <summary>Calls come evenly; the channel takes so many in each second of its clock, and answers after a while.</summary>
    private static (int Sent, int Taken) Load(double seconds, int perSecond, double answersAfter, int allowed)
    {
        var scene = LaneScene.Warm(Wide);
        var running = new Queue<(int Call, double EndsAt, bool IsTaken)>();
        var taken = new Dictionary<int, int>();
        var (known, step) = (0, 1.0 / perSecond / 4);
        for (var (now, tick) = (0.0, 0); now < seconds; now += step, tick++)
        {
            while (running.TryPeek(out var first) && first.EndsAt <= now)
            {
                running.Dequeue();
                var verdict = first.IsTaken ? CallVerdict.Success : CallVerdict.Throttled;
                scene.End(first.Call, verdict, latencyMs: 1000 * answersAfter);
            }

            scene.Pass(step);
            if (tick % 4 == 0)
            {
                scene.Offer(patience: 0.01);
            }

            for (; known < scene.Started.Count; known++)
            {
                var isTaken = taken.GetValueOrDefault((int)now) < allowed;
                taken[(int)now] = taken.GetValueOrDefault((int)now) + (isTaken ? 1 : 0);
                running.Enqueue((scene.Started[known], now + answersAfter, isTaken));
            }
        }

        return (known, taken.Values.Sum());
    }
}
