using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>What lanes tell their channel, and what of that is stored and told to routers.</summary>
public sealed class ChannelTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ChannelScene _scene = ChannelScene.Reporting();

    [Fact]
    public void Routers_are_told_nothing_before_both_lanes_have_reported()
    {
        var scene = new ChannelScene();
        scene.Channel.RouterJoined();
        scene.Reports(ChannelLane.Submit, 1);
        Assert.Empty(scene.Take());

        scene.Reports(ChannelLane.Query, 1);
        scene.Channel.RouterJoined();
        Assert.Single(scene.Take().OfType<ChannelEffect.ReportToRouters>());
    }

    [Fact]
    public void Each_report_of_the_submit_lane_is_one_to_the_routers_in_sequence()
    {
        var first = _scene.ToRouters();
        _scene.Reports(ChannelLane.Query, 1);
        Assert.Empty(_scene.Take());
        _scene.Reports(ChannelLane.Submit, 1, ChannelScene.Report with { InFlight = 3 });

        var next = _scene.Take().OfType<ChannelEffect.ReportToRouters>().Single().Report;
        Assert.Equal((first.Epoch, first.Sequence + 1, 3), (next.Epoch, next.Sequence, next.Submit.InFlight));
        Assert.Equal(ChannelScene.Start.ToUnixTimeMilliseconds(), next.Epoch);
    }

    [Fact]
    public void A_querys_truth_goes_out_once_behind_the_submit_lanes_signals()
    {
        _scene.Reports(ChannelLane.Submit, 1, null, Began("a"));
        _scene.Take();
        _scene.Reports(ChannelLane.Query, 1, null, Truth("a"));
        _scene.Reports(ChannelLane.Submit, 1, null, Began("b"));

        var signals = _scene.Take().OfType<ChannelEffect.ReportToRouters>().Single().Report.Signals;
        Assert.Equal([SignalKind.Dispatched, SignalKind.Corrected], signals.Select(signal => signal.Kind));
        Assert.Equal(signals[0].Number - 1, signals[1].Number);
        _scene.Reports(ChannelLane.Submit, 1);
        Assert.Empty(_scene.Take().OfType<ChannelEffect.ReportToRouters>().Single().Report.Signals);
    }

    [Fact]
    public void A_later_owner_numbers_above_a_thousand_submits_in_each_millisecond_of_the_earlier_one()
    {
        var later = new Channel(ChannelScene.Usual, ChannelScene.Start.ToUnixTimeMilliseconds() + 1);
        foreach (var lane in new[] { ChannelLane.Query, ChannelLane.Submit })
        {
            later.FromLane(lane, new LaneNews.Reported(1, ChannelScene.Report, [Began(lane.ToString())]), ChannelScene.Start);
        }

        _scene.Reports(ChannelLane.Submit, 1, null, Began("a"));
        Assert.InRange(FirstNumber(later.TakeEffects().ToArray()) - FirstNumber(_scene.Take()), 1_000, 1_025);
    }

    [Fact]
    public void A_breaker_that_turns_is_in_force_at_once_and_stored_behind()
    {
        _scene.Tells(ChannelLane.Submit, new LaneNews.BreakerTurned(new BreakerMemory(BreakerState.Open, Minute, 1)));

        var moved = new BreakerMoved(_scene.Now, ChannelLane.Submit, BreakerState.Open, _scene.Now + Minute) { Openings = 1 };
        Assert.Equal([new ChannelEffect.Store(moved)], _scene.Take());
        Assert.Equal(BreakerState.Open, _scene.Channel.StartOf(ChannelLane.Submit, _scene.Now).Breaker.State);
        Assert.Equal(BreakerState.Closed, _scene.Channel.StartOf(ChannelLane.Query, _scene.Now).Breaker.State);
    }

    [Fact]
    public void A_channel_has_been_failing_since_its_breaker_opened_until_it_has_proved_itself()
    {
        _scene.Tells(ChannelLane.Submit, new LaneNews.BreakerTurned(new BreakerMemory(BreakerState.Open, Minute, 1)));
        _scene.Reports(ChannelLane.Submit, 1, ChannelScene.Report with { HasFailed = true });
        _scene.Take();
        Assert.Equal(_scene.Now, _scene.ToRouters().FailingSince);

        _scene.Reports(ChannelLane.Submit, 1);
        _scene.Take();
        Assert.Null(_scene.ToRouters().FailingSince);
    }

    [Fact]
    public void An_announced_maintenance_is_told_to_routers_at_once_and_stored()
    {
        var until = _scene.Now + (20 * Minute);
        _scene.Tells(ChannelLane.Submit, new LaneNews.ClosedUntil(until));

        var effects = _scene.Take();
        Assert.Equal(until, effects.OfType<ChannelEffect.ReportToRouters>().Single().Report.ClosedUntil);
        Assert.Equal(
            new MaintenanceAnnounced(_scene.Now, until), effects.OfType<ChannelEffect.Store>().Single().Event);
        _scene.Tells(ChannelLane.Submit, new LaneNews.ClosedUntil(until));
        Assert.Empty(_scene.Take());
    }

    [Fact]
    public void An_announced_maintenance_is_believed_for_a_limited_time()
    {
        _scene.Tells(ChannelLane.Submit, new LaneNews.ClosedUntil(_scene.Now.AddDays(40)));

        Assert.Equal(_scene.Now.AddHours(1), _scene.Take().OfType<ChannelEffect.ReportToRouters>().Single().Report.ClosedUntil);
    }

    [Fact]
    public void A_pause_outlives_the_owner_and_a_short_one_is_not_stored()
    {
        _scene.Tells(ChannelLane.Submit, new LaneNews.PausedUntil(_scene.Now.AddSeconds(4)));
        Assert.Empty(_scene.Take());

        _scene.Tells(ChannelLane.Submit, new LaneNews.PausedUntil(_scene.Now + Minute));
        Assert.Equal([new ChannelEffect.Store(new ThrottleAnnounced(_scene.Now, _scene.Now + Minute))], _scene.Take());
        Assert.Equal(Minute, _scene.Channel.StartOf(ChannelLane.Submit, _scene.Now).Paused);
        Assert.Equal(TimeSpan.Zero, _scene.Channel.StartOf(ChannelLane.Submit, _scene.Now + (2 * Minute)).Paused);
        Assert.Equal(TimeSpan.Zero, _scene.Channel.StartOf(ChannelLane.Query, _scene.Now).Paused);
    }

    [Fact]
    public void A_pause_of_the_query_lane_is_its_own()
    {
        _scene.Tells(ChannelLane.Query, new LaneNews.PausedUntil(_scene.Now + Minute));

        Assert.Empty(_scene.Take());
        Assert.Equal(TimeSpan.Zero, _scene.Channel.StartOf(ChannelLane.Submit, _scene.Now).Paused);
    }

    [Fact]
    public void A_throttle_is_told_when_it_begins_and_when_it_ends()
    {
        var throttled = ChannelScene.Report with { Throttle = new ThrottleReport(Minute, 0) };
        _scene.Reports(ChannelLane.Submit, 1, throttled);
        Assert.Contains(new ChannelEffect.ThrottleTurned(throttled.Throttle), _scene.Take());
        Assert.Equal(_scene.Now + Minute, _scene.ToRouters().PausedUntil);

        _scene.Reports(ChannelLane.Submit, 1, throttled);
        Assert.Empty(_scene.Take().OfType<ChannelEffect.ThrottleTurned>());

        _scene.Reports(ChannelLane.Submit, 1);
        Assert.Contains(new ChannelEffect.ThrottleTurned(null), _scene.Take());
        Assert.Null(_scene.ToRouters().PausedUntil);
    }

    private static long FirstNumber(IEnumerable<ChannelEffect> effects) =>
        effects.OfType<ChannelEffect.ReportToRouters>().Single().Report.Signals[0].Number;

    private static LaneSignal Began(string orderNo) =>
        new(orderNo, new SubmitSignal(Product.Payout, "ICBC", default, default) { Kind = SignalKind.Dispatched });

    private static LaneSignal Truth(string orderNo) =>
        LaneSignal.Truth(orderNo, Product.Payout, new Outcome(OutcomeClass.Success, Landing.Landed, "00"));
}
