using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

public sealed class LaneOperatorTests
{
    [Fact]
    public void Isolation_refuses_what_waits_and_what_comes_and_running_calls_finish()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(5);

        scene.Do((lane, now) => lane.Isolate(true, now));
        var late = scene.Offer();

        Assert.Equal([LaneRefusal.Isolated, LaneRefusal.Isolated], [scene.Refused[calls[4]], scene.Refused[late]]);
        scene.End(calls[0]);
        Assert.Equal(3, scene.Report.InFlight);
        Assert.Equal((BreakerState.Isolated, 0), (scene.State, scene.Report.ProbePermits));
    }

    [Fact]
    public void Isolation_lasts_until_an_operator_ends_it_and_then_the_channel_is_probed()
    {
        var scene = LaneScene.Broken();
        scene.Do((lane, now) => lane.Isolate(true, now));
        scene.Pass(100_000);
        Assert.Equal(BreakerState.Isolated, scene.State);
        Assert.Null(scene.Lane.NextWake(scene.Now));

        scene.Do((lane, now) => lane.Isolate(false, now));
        Assert.Equal(BreakerState.HalfOpen, scene.State);
        Assert.Equal(
            [BreakerState.Open, BreakerState.Isolated, BreakerState.HalfOpen], scene.Memories.Select(memory => memory.State));
    }

    [Fact]
    public void Calls_from_before_the_isolation_do_not_end_the_probing_after_it()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(2);
        scene.Do((lane, now) => lane.Isolate(true, now));
        scene.Do((lane, now) => lane.Isolate(false, now));

        scene.End(calls[0]);
        scene.End(calls[1], CallVerdict.Fault);

        Assert.Equal(BreakerState.HalfOpen, scene.State);
    }

    [Fact]
    public void What_is_excluded_is_refused_where_it_waits_and_when_it_comes_and_running_calls_finish()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(7);
        int[] kept = [calls[5]];

        scene.Do((lane, now) => lane.Exclude(call => !kept.Contains(call), now));
        var late = scene.Offer();

        Assert.Equal(
            [(calls[4], LaneRefusal.Excluded), (calls[6], LaneRefusal.Excluded), (late, LaneRefusal.Excluded)],
            scene.Refused.OrderBy(refused => refused.Key).Select(refused => (refused.Key, refused.Value)));
        Assert.Equal(4, scene.Report.InFlight);
        scene.End(calls[0]);
        scene.Pass(1);
        Assert.Contains(calls[5], scene.Started);

        scene.Do((lane, now) => lane.Exclude(null, now));
        Assert.DoesNotContain(scene.Offer(), scene.Refused.Keys);
    }

    [Fact]
    public void Isolating_twice_or_releasing_what_is_not_isolated_changes_nothing()
    {
        var scene = LaneScene.Warm();
        scene.Do((lane, now) => lane.Isolate(false, now));
        Assert.Empty(scene.Memories);

        scene.Do((lane, now) => lane.Isolate(true, now));
        scene.Do((lane, now) => lane.Isolate(true, now));
        Assert.Single(scene.Memories);
    }

    [Fact]
    public void Draining_refuses_newcomers_and_works_the_queue_off()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(5);

        scene.Do((lane, now) => lane.SetIntake(Intake.Draining, now));
        Assert.Equal(LaneRefusal.Draining, scene.Refused[scene.Offer()]);
        scene.Pass(0.1);
        foreach (var call in calls)
        {
            scene.End(call);
        }

        Assert.True(scene.Lane.IsIdle);
    }

    [Fact]
    public void A_closed_intake_refuses_the_queue_too_and_running_calls_finish()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(5);

        scene.Do((lane, now) => lane.SetIntake(Intake.Closed, now));
        Assert.Equal(LaneRefusal.Disabled, scene.Refused[calls[4]]);
        Assert.Equal(LaneRefusal.Disabled, scene.Refused[scene.Offer()]);
        Assert.Equal(4, scene.Report.InFlight);

        scene.Do((lane, now) => lane.SetIntake(Intake.Open, now));
        scene.End(calls[0]);
        scene.Pass(0.1);
        Assert.Contains(scene.Offer(), scene.Started);
    }

    [Fact]
    public void The_report_shows_percentiles_of_the_last_minute()
    {
        var scene = LaneScene.Warm();
        Assert.Equal((0, 0), (scene.Report.P50Ms, scene.Report.P99Ms));
        for (var i = 1; i <= 100; i++)
        {
            scene.End(scene.Offer(), latencyMs: i == 100 ? 5000 : i);
            scene.Pass(0.01);
        }

        Assert.InRange(scene.Report.P50Ms, 50 * 0.96, 50 * 1.04);
        Assert.InRange(scene.Report.P99Ms, 99 * 0.96, 99 * 1.04);
        scene.Pass(40);
        Assert.InRange(scene.Report.P50Ms, 48, 52);
        scene.Pass(20);
        Assert.Equal((0, 0), (scene.Report.P50Ms, scene.Report.P99Ms));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(-1, 0)]
    [InlineData(0.007, 0.007)]
    [InlineData(1e12, 1e8)]
    public void Any_latency_can_be_recorded(double latencyMs, double expected)
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), latencyMs: latencyMs);

        Assert.InRange(scene.Report.P50Ms, expected * 0.97, expected * 1.03);
    }

    [Fact]
    public void A_closed_breaker_reports_its_budget_as_probe_permits()
    {
        var report = LaneScene.Warm().Report;

        Assert.Equal((BreakerState.Closed, 4, 4, 100.0), (report.Breaker, report.Budget, report.ProbePermits, report.RatePerSecond));
    }

    [Fact]
    public void A_clock_that_steps_back_is_ignored()
    {
        var scene = LaneScene.Warm();
        scene.End(scene.Offer(), lingers: true);
        scene.Lane.Advance(scene.Now - LaneScene.Seconds(50));
        Assert.Equal(1, scene.Lane.Report(TimeSpan.Zero).InFlight);

        scene.Pass(1);
        Assert.Equal(0, scene.Report.InFlight);
    }
}
