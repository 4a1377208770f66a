using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;

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
    public void Throttling_halves_the_rate_at_most_once_a_second()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(3);

        scene.End(calls[0], CallVerdict.Throttled);
        scene.Pass(0.999);
        scene.End(calls[1], CallVerdict.Throttled);
        Assert.Equal(50 + (5 * 0.999), scene.Report.RatePerSecond, 6);

        scene.Pass(0.001);
        scene.End(calls[2], CallVerdict.Throttled);
        Assert.Equal(27.5, scene.Report.RatePerSecond, 6);
    }

    [Fact]
    public void A_throttled_rate_climbs_back_to_the_configured_one_by_a_twentieth_a_second()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), CallVerdict.Throttled);

        scene.Pass(4);
        Assert.Equal(70, scene.Report.RatePerSecond, 6);
        scene.Pass(30);
        Assert.Equal(100, scene.Report.RatePerSecond);
    }

    [Fact]
    public void Fewer_calls_start_while_the_rate_is_cut()
    {
        var scene = LaneScene.Warm(TenPerSecond with { Concurrency = 20 });
        scene.OfferMany(20).ToList().ForEach(call => scene.End(call, CallVerdict.Throttled));
        scene.OfferMany(20);

        scene.Pass(2);

        // 5/s climbing by 0.5/s: 5 × 2 + 0.5 × 2² / 2 = 11.
        Assert.Equal(31, scene.Started.Count);
    }

    [Theory]
    [InlineData(100, 5)] // It climbs by a twentieth between two cuts.
    [InlineData(1, 0.1)]
    [InlineData(0.05, 0.05)]
    public void Throttling_never_stops_a_lane(double rate, double expected)
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { RatePerSecond = rate, Concurrency = 100 });
        scene.Pass(3000);
        var lowest = rate;
        for (var i = 0; i < 100; i++)
        {
            scene.End(scene.Offer(), CallVerdict.Throttled);
            lowest = Math.Min(lowest, scene.Report.RatePerSecond);
            scene.Pass(1);
        }

        Assert.Equal(expected, lowest, 3);
    }

    [Fact]
    public void Throttling_leaves_the_breaker_alone()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 50; i++)
        {
            scene.End(scene.Offer(), CallVerdict.Throttled);
            scene.Pass(1);
        }

        Assert.Equal(BreakerState.Closed, scene.State);
    }

    [Fact]
    public void A_throttled_rate_outlives_a_change_of_the_settings()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), CallVerdict.Throttled);

        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { RatePerSecond = 200 }, now));
        Assert.Equal(50, scene.Report.RatePerSecond);
        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { RatePerSecond = 20 }, now));
        Assert.Equal(20, scene.Report.RatePerSecond);
    }
}
