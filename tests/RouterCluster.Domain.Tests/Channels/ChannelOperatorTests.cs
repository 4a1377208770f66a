using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Tests.Lanes;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>What operators change: stored first, then in force, then answered.</summary>
public sealed class ChannelOperatorTests
{
    private static readonly ChannelChange ByAlice = new("alice", "test");
    private readonly ChannelScene _scene = ChannelScene.Reporting();

    [Fact]
    public void A_change_is_not_in_force_before_it_is_stored()
    {
        var change = _scene.Change(ByAlice with { Weight = 3 });
        Assert.Equal(1, _scene.ToRouters().Weight);

        _scene.Channel.Stored(change);
        _scene.Take();
        Assert.Equal(3, _scene.ToRouters().Weight);
    }

    [Fact]
    public void An_operator_is_answered_when_both_lanes_work_by_the_change()
    {
        _scene.ChangeAndStore(ByAlice with { SubmitConcurrency = 2 }, "alice's question");
        _scene.Reports(ChannelLane.Submit, 2);
        _scene.Reports(ChannelLane.Query, 1);
        Assert.Empty(_scene.Take().OfType<ChannelEffect.AnswerOperator>());

        _scene.Reports(ChannelLane.Query, 2);
        Assert.Equal("alice's question", _scene.Take().OfType<ChannelEffect.AnswerOperator>().Single().Asker);
        _scene.Reports(ChannelLane.Query, 2);
        Assert.Empty(_scene.Take());
    }

    [Fact]
    public void A_later_change_leaves_an_earlier_ones_answer_in_its_place()
    {
        _scene.ChangeAndStore(ByAlice with { Weight = 2 }, 1);
        _scene.ChangeAndStore(ByAlice with { Weight = 3 }, 2);
        _scene.Reports(ChannelLane.Submit, 2);
        _scene.Reports(ChannelLane.Query, 3);
        Assert.Equal([1], _scene.Take().OfType<ChannelEffect.AnswerOperator>().Select(answer => answer.Asker));

        _scene.Reports(ChannelLane.Submit, 3);
        Assert.Equal([2], _scene.Take().OfType<ChannelEffect.AnswerOperator>().Select(answer => answer.Asker));
    }

    [Theory]
    [InlineData(ChannelLifecycle.Active, Intake.Open)]
    [InlineData(ChannelLifecycle.Draining, Intake.Draining)]
    [InlineData(ChannelLifecycle.Disabled, Intake.Closed)]
    public void The_submit_lane_takes_what_the_lifecycle_allows_and_the_query_lane_everything(
        ChannelLifecycle lifecycle, Intake intake)
    {
        var configured = Configured(ByAlice with { Lifecycle = lifecycle, Isolated = true });

        Assert.Equal((intake, true), (configured.Submit.Intake, configured.Submit.Isolated));
        Assert.Equal((Intake.Open, false), (configured.Query.Intake, configured.Query.Isolated));
    }

    [Fact]
    public void Only_enabling_lets_the_lanes_resume()
    {
        Assert.False(Configured(ByAlice with { Weight = 2 }).Submit.Resumes);
        var enabled = Configured(ByAlice with { Lifecycle = ChannelLifecycle.Active });

        Assert.Equal((true, true), (enabled.Submit.Resumes, enabled.Query.Resumes));
    }

    [Fact]
    public void Overrides_take_the_place_of_the_configured_limits_until_they_are_taken_back()
    {
        var change = ByAlice with { SubmitConcurrency = 2, QueryRatePerSecond = 7 };
        var configured = Configured(change);
        Assert.Equal(LaneScene.Usual with { Concurrency = 2 }, configured.Submit.Settings);
        Assert.Equal(LaneScene.Usual with { RatePerSecond = 7 }, configured.Query.Settings);
        Assert.Equal(configured.Submit.Settings, _scene.Channel.StartOf(ChannelLane.Submit, _scene.Now).Settings);

        var reset = Configured(ByAlice with { Resets = OverrideKeys.SubmitConcurrency });
        Assert.Equal(LaneScene.Usual, reset.Submit.Settings);
        Assert.Equal(7, reset.Query.Settings.RatePerSecond);
    }

    [Fact]
    public void Only_overrides_that_differ_from_the_configuration_are_deviations()
    {
        _scene.ChangeAndStore(ByAlice with { SubmitConcurrency = LaneScene.Usual.Concurrency, Weight = 2 });

        var deviation = Assert.Single(_scene.Channel.Deviations);
        Assert.Equal((OverrideKeys.Weight, 2.0, "alice"), (deviation.Key, deviation.Value, deviation.Mark?.By));
    }

    [Fact]
    public void A_retired_channel_takes_nothing_whatever_operators_decide()
    {
        var scene = ChannelScene.Reporting(ChannelScene.Usual with { Retired = true });
        var effects = scene.ChangeAndStore(ByAlice with { Lifecycle = ChannelLifecycle.Active });

        Assert.Equal(Intake.Closed, effects.OfType<ChannelEffect.Configure>().Single().Submit.Intake);
        Assert.Equal(ChannelLifecycle.Retired, scene.ToRouters().Lifecycle);
    }

    [Fact]
    public void Enabling_ends_what_the_company_has_announced()
    {
        _scene.Tells(ChannelLane.Submit, new LaneNews.ClosedUntil(_scene.Now.AddMinutes(20)));
        _scene.Tells(ChannelLane.Submit, new LaneNews.PausedUntil(_scene.Now.AddMinutes(1)));
        _scene.ChangeAndStore(ByAlice with { Lifecycle = ChannelLifecycle.Active });

        Assert.Null(_scene.ToRouters().ClosedUntil);
        Assert.Equal(TimeSpan.Zero, _scene.Channel.StartOf(ChannelLane.Submit, _scene.Now).Paused);
    }

    [Fact]
    public void A_new_owner_goes_on_from_events_or_from_a_snapshot()
    {
        var events = new List<ChannelEvent>
        {
            new ChannelAdjusted(
                _scene.Now, new ChannelChange("alice", "slow") { Lifecycle = ChannelLifecycle.Draining, SubmitConcurrency = 2 }),
            new BreakerMoved(_scene.Now, ChannelLane.Query, BreakerState.Open, _scene.Now.AddMinutes(1)) { Openings = 1 },
            new MaintenanceAnnounced(_scene.Now, _scene.Now.AddMinutes(5)),
        };
        var byEvents = new Channel(ChannelScene.Usual, 2);
        events.ForEach(byEvents.Recover);
        var bySnapshot = new Channel(ChannelScene.Usual, 3);
        bySnapshot.Recover(byEvents.Snapshot);

        foreach (var channel in new[] { byEvents, bySnapshot })
        {
            Assert.Equal(2, channel.StartOf(ChannelLane.Submit, _scene.Now).Settings.Concurrency);
            Assert.Equal(BreakerState.Open, channel.StartOf(ChannelLane.Query, _scene.Now).Breaker.State);
            channel.Open();
            var configured = channel.TakeEffects().ToArray().OfType<ChannelEffect.Configure>().Single();
            Assert.Equal(Intake.Draining, configured.Submit.Intake);
            Assert.Equal(_scene.Now.AddMinutes(5), channel.Snapshot.State.ClosedUntil);
        }
    }

    [Fact]
    public void A_snapshot_without_marks_gets_them_from_its_changes()
    {
        var change = new ChannelAdjusted(_scene.Now, new ChannelChange("alice", "slow") { Weight = 2 });
        var channel = new Channel(ChannelScene.Usual, 2);
        channel.Recover(ChannelSnapshot.Initial.Apply(change) with { Marks = OverrideMarks.None });

        Assert.Equal(new OverrideMark(_scene.Now, "alice"), Assert.Single(channel.Snapshot.Overrides).Mark);
    }

    [Fact]
    public void The_last_hundred_changes_are_kept()
    {
        for (var weight = 1; weight <= ChannelSnapshot.ChangesKept + 3; weight++)
        {
            _scene.ChangeAndStore(ByAlice with { Weight = weight });
        }

        Assert.Equal(
            Enumerable.Range(4, ChannelSnapshot.ChangesKept).Select(weight => $"weight={weight}"),
            _scene.Channel.Snapshot.Changes.Select(change => change.What));
    }

    private ChannelEffect.Configure Configured(ChannelChange change) =>
        _scene.ChangeAndStore(change).OfType<ChannelEffect.Configure>().Single();
}
