using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

public sealed class LaneBreakerTests
{
    [Fact]
    public void It_opens_when_enough_calls_failed()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(4);

        scene.End(calls[0]);
        scene.End(calls[1], CallVerdict.Answered);
        scene.Fail(calls[2]);
        Assert.Equal(BreakerState.Closed, scene.State);

        scene.Fail(calls[3]);
        Assert.Equal(BreakerState.Open, scene.State);
        Assert.Equal(new BreakerMemory(BreakerState.Open, LaneScene.Seconds(5), 1), Assert.Single(scene.Memories));
    }

    [Fact]
    public void Too_few_calls_say_nothing()
    {
        var scene = LaneScene.Warm();
        scene.Fail(scene.OfferMany(3));

        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void Neutral_and_throttled_calls_are_not_counted()
    {
        var scene = LaneScene.Warm();
        scene.Fail(scene.OfferMany(3));
        scene.Pass(0.1);
        scene.End(scene.Offer(), CallVerdict.Neutral);
        scene.End(scene.Offer(), CallVerdict.Throttled);
        Assert.Equal(BreakerState.Closed, scene.State);

        scene.Pass(0.3);
        scene.Fail(scene.Offer());
        Assert.Equal(BreakerState.Open, scene.State);
    }

    [Fact]
    public void Faults_older_than_the_window_are_forgotten()
    {
        var scene = LaneScene.Warm();
        scene.Fail(scene.OfferMany(3));
        scene.Pass(10);
        scene.Fail(scene.OfferMany(3));
        Assert.Equal(BreakerState.Closed, scene.State);

        scene.Pass(8.9);
        scene.Fail(scene.Offer());
        Assert.Equal(BreakerState.Open, scene.State);
    }

    [Fact]
    public void Opening_refuses_what_waits_and_what_comes()
    {
        var scene = LaneScene.Warm();
        var running = scene.OfferMany(4);
        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { Concurrency = 1 }, now));
        var waiting = scene.OfferMany(2);

        scene.Fail(running);
        var late = scene.Offer();

        Assert.Equal([waiting[0], waiting[1], late], scene.Refused.Keys);
        Assert.All(scene.Refused.Values, reason => Assert.Equal(LaneRefusal.BreakerOpen, reason));
    }

    [Fact]
    public void It_wakes_up_to_probe_when_it_has_been_open_long_enough()
    {
        var scene = LaneScene.Broken();

        Assert.Equal(scene.Now + LaneScene.Seconds(5), scene.Lane.NextWake(scene.Now));
        scene.Pass(4.999);
        Assert.Equal(BreakerState.Open, scene.State);
        scene.Pass(0.001);
        Assert.Equal(BreakerState.HalfOpen, scene.State);
        Assert.Equal(BreakerState.HalfOpen, scene.Memories[^1].State);
    }

    [Fact]
    public void Half_open_it_lets_only_probes_through_and_refuses_the_rest()
    {
        var scene = LaneScene.HalfOpen();
        Assert.Equal(2, scene.Report.ProbePermits);

        var calls = scene.OfferMany(3);

        Assert.True(scene.Permits[calls[0]].IsProbe);
        Assert.True(scene.Permits[calls[1]].IsProbe);
        Assert.Equal(LaneRefusal.BreakerOpen, scene.Refused[calls[2]]);
        Assert.Equal(0, scene.Report.ProbePermits);
    }

    [Fact]
    public void Good_probes_close_it_with_a_clean_window()
    {
        var scene = LaneScene.HalfOpen();
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.HalfOpen, scene.State);
        scene.End(scene.Offer(), CallVerdict.Answered);

        Assert.Equal(BreakerState.Closed, scene.State);
        Assert.Equal(BreakerMemory.Fresh, scene.Memories[^1]);
        scene.Pass(0.1);
        scene.Fail(scene.OfferMany(3));
        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void A_bad_probe_opens_it_again_for_twice_as_long_up_to_a_minute()
    {
        var scene = LaneScene.Broken();
        var times = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            times.Add(scene.Memories[^1].OpenFor.TotalSeconds);
            scene.Pass(times[^1]);
            scene.Fail(scene.Offer());
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], times);
    }

    [Fact]
    public void Probes_below_the_ratio_that_opens_it_close_it()
    {
        var breaker = LaneScene.Usual.Breaker with { Probes = 5 };
        var scene = LaneScene.HalfOpen(LaneScene.Usual with { Breaker = breaker });
        scene.End(scene.Offer());
        scene.End(scene.Offer());
        scene.Fail(scene.Offer());
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.HalfOpen, scene.State);

        scene.Pass(0.1);
        scene.Fail(scene.Offer());

        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void Probes_at_the_ratio_open_it_again()
    {
        var breaker = LaneScene.Usual.Breaker with { Probes = 5 };
        var scene = LaneScene.HalfOpen(LaneScene.Usual with { Breaker = breaker });
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.HalfOpen, scene.State);

        scene.Fail(scene.Offer());

        Assert.Equal(BreakerState.Open, scene.State);
    }

    [Fact]
    public void Once_closed_it_opens_for_the_configured_time_again()
    {
        var scene = LaneScene.HalfOpen();
        scene.Fail(scene.Offer());
        scene.Pass(10);
        scene.End(scene.Offer());
        scene.End(scene.Offer());
        scene.Pass(0.1);
        scene.Fail(scene.OfferMany(4));

        Assert.Equal(LaneScene.Seconds(5), scene.Memories[^1].OpenFor);
    }

    [Fact]
    public void Restored_open_it_stays_so_for_the_time_left()
    {
        var scene = new LaneScene(LaneScene.Usual, new BreakerMemory(BreakerState.Open, LaneScene.Seconds(3), 2));
        scene.Pass(2.999);
        Assert.Equal(BreakerState.Open, scene.State);
        scene.Pass(0.001);
        Assert.Equal(BreakerState.HalfOpen, scene.State);

        scene.Fail(scene.Offer());
        Assert.Equal(LaneScene.Seconds(20), scene.Memories[^1].OpenFor);
    }

    [Theory]
    [InlineData(BreakerState.Closed, 0, BreakerState.Closed)]
    [InlineData(BreakerState.HalfOpen, 0, BreakerState.HalfOpen)]
    [InlineData(BreakerState.Open, 0, BreakerState.HalfOpen)]
    [InlineData(BreakerState.Open, -7, BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated, 0, BreakerState.Isolated)]
    public void A_restart_trusts_the_channel_no_more_than_before(BreakerState before, double secondsLeft, BreakerState after)
    {
        var scene = new LaneScene(LaneScene.Usual, new BreakerMemory(before, LaneScene.Seconds(secondsLeft), 1));

        Assert.Equal(after, scene.State);
        Assert.Equal(before == after, scene.Memories.Count == 0);
    }

    [Fact]
    public void A_nonsensical_time_left_does_not_hold_it_open_for_ever()
    {
        var scene = new LaneScene(LaneScene.Usual, new BreakerMemory(BreakerState.Open, LaneScene.Seconds(1e6), 1));
        scene.Pass(60);

        Assert.Equal(BreakerState.HalfOpen, scene.State);
    }

    [Fact]
    public void A_channel_without_faults_never_opens_it_whatever_the_ratio()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { Breaker = LaneScene.Usual.Breaker with { FailureRatio = 0 } });
        foreach (var call in scene.OfferMany(4))
        {
            scene.End(call);
        }

        Assert.Equal(BreakerState.Closed, scene.State);
    }
}
