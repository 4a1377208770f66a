using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>Changes that end by themselves.</summary>
public sealed class TimedChangeTests
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);
    private static readonly ChannelChange ByAlice = new("alice", "slow") { For = TwoHours };
    private static readonly ChannelChange ByBob = new("bob", "");
    private readonly ChannelScene _scene = ChannelScene.Reporting();

    [Fact]
    public void What_was_set_for_a_time_is_taken_back_when_it_is_over_and_not_before()
    {
        _scene.ChangeAndStore(ByAlice with { Lifecycle = ChannelLifecycle.Disabled, Isolated = true, Weight = 2 });
        Assert.Equal(_scene.Now + TwoHours, _scene.Channel.NextEnd);

        Assert.Empty(After(TwoHours - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(ChannelLifecycle.Disabled, _scene.ToRouters().Lifecycle);

        var configured = After(TimeSpan.FromMilliseconds(1)).OfType<ChannelEffect.Configure>().Single();
        Assert.Equal((Intake.Open, false), (configured.Submit.Intake, configured.Submit.Isolated));
        Assert.Equal((ChannelLifecycle.Active, 1.0), (_scene.ToRouters().Lifecycle, _scene.ToRouters().Weight));
        Assert.Null(_scene.Channel.NextEnd);
        Assert.Empty(_scene.Channel.Snapshot.Overrides);
        Assert.Empty(_scene.Channel.Snapshot.Switches);
        Assert.Empty(After(TwoHours));
    }

    [Fact]
    public void Its_end_is_on_record_as_the_routers_doing()
    {
        _scene.ChangeAndStore(ByAlice with { Lifecycle = ChannelLifecycle.Disabled, SubmitConcurrency = 2 });
        After(TwoHours);

        Assert.Equal(
            [
                ("alice", "disabled, submit.concurrency=2, for 2h", "slow"),
                ("router", "enabled, submit.concurrency as configured", "the time that alice set is over"),
            ],
            _scene.Channel.Snapshot.Changes.Select(change => (change.By, change.What, change.Reason)));
    }

    [Fact]
    public void An_override_that_stood_before_comes_back_with_its_maker()
    {
        _scene.ChangeAndStore(ByBob with { Weight = 3, SubmitRatePerSecond = 7, QueryRatePerSecond = 5, QueryConcurrency = 3 });
        _scene.ChangeAndStore(ByBob with { Lifecycle = ChannelLifecycle.Draining, Isolated = true, SubmitConcurrency = 3 });
        var (overrides, switches) = (_scene.Channel.Snapshot.Overrides, _scene.Channel.Snapshot.Switches);
        _scene.Now += TimeSpan.FromMinutes(1);
        _scene.ChangeAndStore(ByAlice with
        {
            Weight = 9, SubmitRatePerSecond = 1, QueryRatePerSecond = 1, QueryConcurrency = 1, SubmitConcurrency = 1,
            Lifecycle = ChannelLifecycle.Disabled, Isolated = true,
        });
        Assert.All(_scene.Channel.Snapshot.Overrides, one => Assert.Equal("alice", one.Mark!.By));

        After(TwoHours);

        Assert.Equal(overrides.AsEnumerable(), _scene.Channel.Snapshot.Overrides);
        Assert.Equal(switches.AsEnumerable(), _scene.Channel.Snapshot.Switches);
    }

    [Fact]
    public void After_several_changes_for_a_time_what_stood_before_the_first_comes_back_at_the_end_of_the_last()
    {
        _scene.ChangeAndStore(ByAlice with { Weight = 2 });
        _scene.Now += TimeSpan.FromHours(1);
        _scene.ChangeAndStore(ByAlice with { Weight = 4, For = TimeSpan.FromHours(5) });

        Assert.Empty(After(TimeSpan.FromHours(4)));
        Assert.NotEmpty(After(TimeSpan.FromHours(1)));
        Assert.Equal(1, _scene.ToRouters().Weight);
        Assert.Empty(_scene.Channel.Snapshot.Overrides);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_later_change_without_a_time_stays(bool resets)
    {
        _scene.ChangeAndStore(ByBob with { Weight = 3 });
        _scene.ChangeAndStore(ByAlice with { Weight = 2, Lifecycle = ChannelLifecycle.Disabled });
        _scene.ChangeAndStore(resets ? ByBob with { Resets = OverrideKeys.Weight } : ByBob with { Weight = 5 });
        _scene.ChangeAndStore(ByBob with { Lifecycle = ChannelLifecycle.Active });

        Assert.Null(_scene.Channel.NextEnd);
        Assert.Empty(After(TwoHours));
        Assert.Equal((ChannelLifecycle.Active, resets ? 1 : 5), (_scene.ToRouters().Lifecycle, _scene.ToRouters().Weight));
    }

    [Fact]
    public void Each_setting_has_its_own_end()
    {
        _scene.ChangeAndStore(ByAlice with { Weight = 2 });
        _scene.ChangeAndStore(ByAlice with { Isolated = true, For = TimeSpan.FromMinutes(1) });

        After(TimeSpan.FromMinutes(1));
        Assert.Equal(2, _scene.ToRouters().Weight);
        Assert.Equal(_scene.Now + TwoHours - TimeSpan.FromMinutes(1), _scene.Channel.NextEnd);
        Assert.False(_scene.Channel.Snapshot.State.Isolated);
    }

    [Fact]
    public void The_end_of_a_disabling_leaves_what_the_company_has_announced()
    {
        _scene.ChangeAndStore(ByAlice with { Lifecycle = ChannelLifecycle.Disabled, For = TimeSpan.FromMinutes(1) });
        _scene.Tells(ChannelLane.Submit, new LaneNews.ClosedUntil(_scene.Now.AddMinutes(20)));

        var configured = After(TimeSpan.FromMinutes(1)).OfType<ChannelEffect.Configure>().Single();

        Assert.False(configured.Submit.Resumes);
        Assert.NotNull(_scene.ToRouters().ClosedUntil);
    }

    [Fact]
    public void Nobody_is_answered_when_a_time_is_over()
    {
        _scene.ChangeAndStore(ByAlice with { Weight = 2 });
        After(TwoHours);
        _scene.Reports(ChannelLane.Submit, 3);
        _scene.Reports(ChannelLane.Query, 3);

        Assert.Single(_scene.Take().OfType<ChannelEffect.AnswerOperator>());
    }

    [Fact]
    public void A_new_owner_knows_what_ends_and_when()
    {
        var changed = new ChannelAdjusted(_scene.Now, ByAlice with { Lifecycle = ChannelLifecycle.Disabled, Weight = 2 });
        var byEvents = new Channel(ChannelScene.Usual, 2);
        byEvents.Recover(changed);
        var bySnapshot = new Channel(ChannelScene.Usual, 3);
        bySnapshot.Recover(byEvents.Snapshot);

        foreach (var channel in new[] { byEvents, bySnapshot })
        {
            channel.EndOverdue(_scene.Now.AddDays(1));
            var ended = channel.TakeEffects().ToArray().OfType<ChannelEffect.StoreFirst>().Single();
            Assert.Equal(
                (ChannelLifecycle.Active, OverrideKeys.Weight), (ended.Event.Change.Lifecycle, ended.Event.Change.Resets));
        }
    }

    [Theory]
    [InlineData(7200, "2h")]
    [InlineData(5400, "90m")]
    [InlineData(86_400, "1d")]
    [InlineData(61, "61s")]
    [InlineData(1.5, "1500ms")]
    public void A_time_is_told_in_its_longest_whole_unit(double seconds, string text) => Assert.Equal(
        $"weight=2, for {text}", OperatorChange.Describe(ByBob with { Weight = 2, For = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void Switches_of_before_marks_were_kept_get_them_from_the_changes_in_words()
    {
        var disabled = new ChannelAdjusted(_scene.Now, ByBob with { Lifecycle = ChannelLifecycle.Disabled, Isolated = true });
        var channel = new Channel(ChannelScene.Usual, 2);
        channel.Recover(ChannelSnapshot.Initial.Apply(disabled) with { Marks = OverrideMarks.None });

        Assert.Equal(
            [(OverrideKeys.Lifecycle, 2.0, "bob"), (OverrideKeys.Isolated, 1.0, "bob")],
            channel.Snapshot.Switches.Select(one => (one.Key, one.Value, one.Mark!.By)));
    }

    private IReadOnlyList<ChannelEffect> After(TimeSpan time)
    {
        _scene.Now += time;
        _scene.Channel.EndOverdue(_scene.Now);
        foreach (var ended in _scene.Take().OfType<ChannelEffect.StoreFirst>())
        {
            _scene.Channel.Stored(ended);
        }

        return _scene.Take();
    }
}
