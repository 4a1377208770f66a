using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>Cases in which a breaker that only looks at its state goes wrong.</summary>
public sealed class LaneProbeTests
{
    private static readonly LaneSettings OneProbe = LaneScene.Usual with { Breaker = LaneScene.Usual.Breaker with { Probes = 1 } };

    [Fact]
    public void A_probe_that_hangs_leaves_the_other_places_usable()
    {
        var scene = LaneScene.HalfOpen();
        scene.Offer();

        scene.End(scene.Offer());
        scene.End(scene.Offer());

        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void A_probe_that_never_ends_counts_as_a_fault_and_the_next_one_gets_its_turn()
    {
        var scene = LaneScene.HalfOpen(OneProbe);
        scene.Offer();

        // Timeout 2 s + linger 1 s + open for 5 s.
        Assert.Equal(scene.Now + LaneScene.Seconds(8), scene.Lane.NextWake(scene.Now));
        scene.Pass(7.999);
        Assert.Equal(BreakerState.HalfOpen, scene.State);
        scene.Pass(0.001);
        Assert.Equal(BreakerState.Open, scene.State);

        scene.Pass(10);
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void A_hung_probe_keeps_its_permit_until_it_really_ends()
    {
        var scene = LaneScene.HalfOpen(OneProbe);
        var hung = scene.Offer();
        scene.Pass(8);
        Assert.Equal(1, scene.Report.InFlight);

        scene.End(hung);
        Assert.Equal(0, scene.Report.InFlight);
        Assert.Equal(BreakerState.Open, scene.State);
    }

    [Fact]
    public void A_late_success_from_before_the_break_does_not_close_it()
    {
        var scene = LaneScene.Warm(OneProbe with { Concurrency = 6 });
        var early = scene.OfferMany(2);
        scene.Fail(scene.OfferMany(4));
        scene.Pass(5);

        scene.End(early[0]);
        Assert.Equal(BreakerState.HalfOpen, scene.State);

        scene.End(early[1], CallVerdict.Fault);
        Assert.Equal(BreakerState.HalfOpen, scene.State);
        Assert.Equal(1, scene.Report.ProbePermits);
    }

    [Fact]
    public void A_probe_of_an_earlier_half_open_state_decides_nothing_in_a_later_one()
    {
        var scene = LaneScene.HalfOpen();
        var early = scene.Offer();
        scene.Fail(scene.Offer());
        scene.Pass(10);
        Assert.Equal(BreakerState.HalfOpen, scene.State);

        scene.End(early);
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.HalfOpen, scene.State);
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Theory]
    [InlineData(CallVerdict.Neutral)]
    [InlineData(CallVerdict.Throttled)]
    public void A_cancelled_or_throttled_probe_frees_its_place_and_decides_nothing(CallVerdict verdict)
    {
        var scene = LaneScene.HalfOpen(OneProbe);

        scene.End(scene.Offer(), verdict);

        Assert.Equal(BreakerState.HalfOpen, scene.State);
        Assert.Equal(1, scene.Report.ProbePermits);
        scene.Pass(0.3);
        scene.End(scene.Offer());
        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void A_probe_needs_a_permit_and_a_token_like_any_call()
    {
        var noPermit = LaneScene.Warm(OneProbe);
        noPermit.Fail(noPermit.OfferMany(3));
        noPermit.Pass(0.1);
        var last = noPermit.OfferMany(4);
        noPermit.Fail(last[0]);
        noPermit.Pass(5);
        noPermit.Do((lane, now) => lane.Configure(OneProbe with { Concurrency = 3 }, now));
        Assert.Equal(0, noPermit.Report.ProbePermits);
        Assert.Equal(LaneRefusal.BreakerOpen, noPermit.Refused[noPermit.Offer()]);

        var noToken = new LaneScene(OneProbe, new BreakerMemory(BreakerState.HalfOpen, TimeSpan.Zero, 1));
        Assert.Equal(0, noToken.Report.ProbePermits);
        Assert.Equal(LaneRefusal.BreakerOpen, noToken.Refused[noToken.Offer()]);
    }
}
