using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

public sealed class LaneRateTests
{
    private static readonly LaneSettings TenPerSecond = LaneScene.Usual with { RatePerSecond = 10, Concurrency = 3, Queue = 100 };

    [Fact]
    public void A_new_lane_has_no_tokens()
    {
        var scene = new LaneScene(TenPerSecond);
        scene.Offer();

        Assert.Empty(scene.Started);
        scene.Pass(0.1);
        Assert.Single(scene.Started);
    }

    [Fact]
    public void A_rested_lane_has_a_burst_of_its_concurrency_and_no_more()
    {
        var scene = LaneScene.Warm(TenPerSecond);
        scene.OfferMany(5);
        scene.Started.ToList().ForEach(call => scene.End(call));

        Assert.Equal(3, scene.Started.Count);
    }

    [Fact]
    public void A_waiting_call_starts_when_the_lane_asked_to_be_woken()
    {
        var scene = LaneScene.Warm(TenPerSecond);
        scene.OfferMany(4);
        scene.Started.ToList().ForEach(call => scene.End(call));

        var wake = scene.Lane.NextWake(scene.Now)!.Value;
        Assert.InRange((wake - scene.Now).TotalSeconds, 0.1, 0.10001);
        scene.Pass((wake - scene.Now).TotalSeconds);
        Assert.Equal(4, scene.Started.Count);
    }

    [Fact]
    public void Settings_add_no_tokens()
    {
        var scene = LaneScene.Warm(TenPerSecond);
        scene.OfferMany(20);
        scene.Started.ToList().ForEach(call => scene.End(call));

        scene.Do((lane, now) => lane.Configure(TenPerSecond with { Concurrency = 50, RatePerSecond = 50 }, now));
        Assert.Equal(3, scene.Started.Count);
        scene.Pass(0.1);
        Assert.Equal(8, scene.Started.Count);
    }

    [Fact]
    public void A_lower_burst_takes_saved_tokens_away()
    {
        var scene = LaneScene.Warm(TenPerSecond);
        scene.Do((lane, now) => lane.Configure(TenPerSecond with { Concurrency = 1 }, now));
        scene.Do((lane, now) => lane.Configure(TenPerSecond, now));
        scene.OfferMany(3);

        Assert.Single(scene.Started);
    }

    [Fact]
    public void Throttling_leaves_the_breaker_alone()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 50; i++)
        {
            scene.End(scene.Offer(), CallVerdict.Throttled);
            scene.Pass(61);
        }

        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void A_throttled_rate_outlives_a_change_of_the_settings()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), CallVerdict.Throttled);
        Assert.Equal(4, scene.Report.RatePerSecond, 6);

        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { RatePerSecond = 200 }, now));
        Assert.Equal(4, scene.Report.RatePerSecond, 6);
        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { RatePerSecond = 2 }, now));
        Assert.Equal(2, scene.Report.RatePerSecond);
    }
}
