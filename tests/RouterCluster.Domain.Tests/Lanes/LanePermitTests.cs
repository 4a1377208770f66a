using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

public sealed class LanePermitTests
{
    [Fact]
    public void Calls_beyond_the_budget_wait_for_a_permit()
    {
        var scene = LaneScene.Warm();

        var calls = scene.OfferMany(5);
        Assert.Equal(calls[..4], scene.Started);

        scene.Pass(0.1);
        scene.End(calls[1]);
        Assert.Equal(calls[4], scene.Started[^1]);
        Assert.Equal(4, scene.Report.InFlight);
    }

    [Fact]
    public void A_permit_that_may_linger_stays_taken_until_the_channel_has_seen_the_close()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(5);

        scene.End(calls[0], lingers: true);
        scene.Pass(0.999);
        Assert.Equal(4, scene.Started.Count);
        Assert.Equal(4, scene.Report.InFlight);

        scene.Pass(0.001);
        Assert.Equal(calls, scene.Started);
    }

    [Fact]
    public void A_lingering_permit_keeps_the_lane_from_being_idle()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), lingers: true);

        Assert.False(scene.Lane.IsIdle);
        scene.Pass(1);
        Assert.True(scene.Lane.IsIdle);
    }

    [Fact]
    public void A_permit_given_back_twice_frees_one_place()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(6);

        scene.Pass(0.1);
        scene.End(calls[0]);
        scene.End(calls[0]);

        Assert.Equal(5, scene.Started.Count);
        Assert.Equal(4, scene.Report.InFlight);
    }

    [Fact]
    public void A_permit_of_the_lane_before_a_restart_frees_nobody_elses()
    {
        var before = LaneScene.Warm();
        var oldCall = before.Offer();
        var after = LaneScene.Warm();
        after.Pass(1);
        var restarted = new Lane<int>(LaneScene.Usual, BreakerMemory.Fresh, after.Now);
        restarted.Offer(1, "m", after.Now + LaneScene.Seconds(9), after.Now + LaneScene.Seconds(1));

        restarted.Complete(before.Permits[oldCall], CallVerdict.Fault, false, 1, after.Now + LaneScene.Seconds(2));

        Assert.Equal(1, restarted.Report(after.Now).InFlight);
    }

    [Fact]
    public void A_lower_budget_is_reached_as_running_calls_end()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(5);

        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { Concurrency = 2 }, now));
        Assert.Equal((4, 2), (scene.Report.InFlight, scene.Report.Budget));

        scene.End(calls[0]);
        scene.End(calls[1]);
        Assert.Equal(4, scene.Started.Count);

        scene.Pass(0.1);
        scene.End(calls[2]);
        Assert.Equal(calls[4], scene.Started[^1]);
        Assert.Equal(2, scene.Report.InFlight);
    }

    [Fact]
    public void A_higher_budget_lets_waiting_calls_go_at_once_when_there_are_tokens()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { Concurrency = 2 });
        scene.OfferMany(3);
        scene.Pass(1);

        scene.Do((lane, now) => lane.Configure(LaneScene.Usual, now));

        Assert.Equal(3, scene.Started.Count);
    }
}
