using CsCheck;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Channels;

public sealed class ChannelStateTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [Fact]
    public void Before_any_event_the_configuration_holds() => Assert.Equal(
        new ChannelState(
            ChannelLifecycle.Active, false, new(null, null), new(null, null), null,
            new(BreakerState.Closed, null), new(BreakerState.Closed, null), null),
        ChannelState.Initial);

    [Fact]
    public void A_change_sets_what_it_names_and_leaves_the_rest()
    {
        var first = Adjust(
            ChannelState.Initial,
            new(At, new ChannelChange("alice", "slow") { SubmitConcurrency = 8, QueryRatePerSecond = 5, Weight = 2 }));
        var second = Adjust(
            first,
            new(At, new ChannelChange("bob", "slower") { SubmitRatePerSecond = 1.5, QueryConcurrency = 1, Isolated = true }));

        Assert.Equal(new LaneOverrides(8, 1.5), second.Submit);
        Assert.Equal(new LaneOverrides(1, 5), second.Query);
        Assert.Equal((2, true, ChannelLifecycle.Active), (second.Weight, second.Isolated, second.Lifecycle));
        Assert.False(Adjust(second, new(At, new ChannelChange("bob", "over") { Isolated = false })).Isolated);
    }

    [Theory]
    [InlineData(ChannelLifecycle.Active, "enabled")]
    [InlineData(ChannelLifecycle.Disabled, "disabled")]
    [InlineData(ChannelLifecycle.Draining, "draining")]
    public void Lifecycle_changes_are_told_by_their_verb(ChannelLifecycle lifecycle, string what)
    {
        var state = Adjust(ChannelState.Initial, new(At, new ChannelChange("alice", "maintenance") { Lifecycle = lifecycle }));
        Assert.Equal(lifecycle, state.Lifecycle);
        Assert.Equal(new OperatorChange(At, "alice", what, "maintenance"), state.Changed);
    }

    [Fact]
    public void A_change_of_many_settings_names_each() => Assert.Equal(
        "submit.concurrency=8, submit.rate_per_second=12.5, query.concurrency=2, query.rate_per_second=5, weight=0.5, isolated",
        OperatorChange.Describe(new ChannelChange("alice", "")
        {
            SubmitConcurrency = 8,
            SubmitRatePerSecond = 12.5,
            QueryConcurrency = 2,
            QueryRatePerSecond = 5,
            Weight = 0.5,
            Isolated = true,
        }));

    [Fact]
    public void An_override_that_is_taken_back_leaves_the_others_and_names_itself()
    {
        var set = Adjust(ChannelState.Initial, new(At, new ChannelChange("alice", "slow")
        {
            SubmitConcurrency = 8, SubmitRatePerSecond = 1.5, QueryConcurrency = 2, QueryRatePerSecond = 5, Weight = 0.5,
        }));

        foreach (var key in OverrideNames.All)
        {
            var reset = Adjust(set, new(At, new ChannelChange("bob", "over") { Resets = key }));
            Assert.Equal(
                OverrideNames.All.Select(other => other == key ? null : set.Override(other)),
                OverrideNames.All.Select(reset.Override));
            Assert.Equal($"{key.Name()} as configured", reset.Changed!.What);
        }

        var all = OverrideNames.All.Aggregate((one, other) => one | other);
        var none = Adjust(set, new(At, new ChannelChange("bob", "over") { Resets = all })) with { Changed = null };
        Assert.Equal(ChannelState.Initial, none);
        var nine = Adjust(set, new(At, new ChannelChange("bob", "") { Resets = all, SubmitConcurrency = 9 }));
        Assert.Equal(9, nine.Submit.Concurrency);
    }

    [Fact]
    public void Who_set_an_override_and_when_is_known_as_long_as_it_is_in_force()
    {
        var (first, second, third) = (
            new ChannelAdjusted(At, new ChannelChange("alice", "") { SubmitConcurrency = 8, Weight = 2 }),
            new ChannelAdjusted(At.AddHours(1), new ChannelChange("bob", "") { SubmitConcurrency = 4 }),
            new ChannelAdjusted(At.AddHours(2), new ChannelChange("carol", "") { Resets = OverrideKeys.Weight }));
        ChannelAdjusted[] all = [first, second, third];
        var state = all.Aggregate(ChannelState.Initial, Adjust);
        var marks = all.Aggregate(ChannelSnapshot.Initial, (known, change) => known.Apply(change)).Marks;

        var bobs = new ChannelOverride(OverrideKeys.SubmitConcurrency, 4, new OverrideMark(At.AddHours(1), "bob"));
        Assert.Equal(bobs, Assert.Single(marks.Of(state)));

        // A snapshot of before marks were kept has operators' changes in words.
        OperatorChange[] words = [.. all.Select(change => Adjust(ChannelState.Initial, change).Changed!)];
        Assert.Equal(bobs, Assert.Single(OverrideMarks.None.CompletedFrom(words).Of(state)));
        Assert.Equal(bobs with { Mark = null }, Assert.Single(OverrideMarks.None.Of(state)));
    }

    [Fact]
    public void The_lanes_breakers_are_remembered_apart()
    {
        var open = ChannelState.Initial.Apply(new BreakerMoved(At, ChannelLane.Submit, BreakerState.Open, At.AddSeconds(5)));
        Assert.Equal(new BreakerMark(BreakerState.Open, At.AddSeconds(5)), open.SubmitBreaker);
        Assert.Equal(BreakerMark.Closed, open.QueryBreaker);

        var both = open.Apply(new BreakerMoved(At, ChannelLane.Query, BreakerState.HalfOpen, null));
        Assert.Equal(open.SubmitBreaker, both.SubmitBreaker);
        Assert.Equal(new BreakerMark(BreakerState.HalfOpen, null), both.QueryBreaker);
        Assert.Null(both.Changed);
    }

    [Fact]
    public void A_channels_word_of_its_end_of_maintenance_is_bounded_and_told_once()
    {
        Gen.Select(Gen.Int[-100, 100_000], Gen.Int[0, 5], Gen.Int[0, 7200]).Array[1, 20].Sample(
            words =>
            {
                var (state, now) = (ChannelState.Initial, At);
                foreach (var (closedFor, pause, longest) in words)
                {
                    now = now.AddSeconds(pause);
                    var until = now.AddSeconds(closedFor);
                    var heard = state.Hear(until, now, TimeSpan.FromSeconds(longest));
                    state = heard is null ? state : state.Apply(heard);

                    var latest = closedFor < longest ? until : now.AddSeconds(longest);
                    Assert.True(heard is null || (heard.Until > now && heard.Until == latest));
                    Assert.Null(state.Hear(until, now, TimeSpan.FromSeconds(longest)));
                    Assert.Null(closedFor <= 0 || longest == 0 ? heard : null);
                }
            },
            iter: 1000);
    }

    [Fact]
    public void A_later_word_takes_the_place_of_the_earlier_one_until_an_operator_enables_the_channel()
    {
        var day = TimeSpan.FromDays(1);
        var first = ChannelState.Initial.Apply(ChannelState.Initial.Hear(At.AddHours(3), At, day)!);
        var second = first.Apply(first.Hear(At.AddHours(2), At, day)!);
        Assert.Equal((At.AddHours(3), At.AddHours(2)), (first.ClosedUntil, second.ClosedUntil));

        var weighed = Adjust(second, new(At, new ChannelChange("alice", "") { Weight = 2 }));
        Assert.Equal(At.AddHours(2), weighed.ClosedUntil);
        Assert.Null(Adjust(weighed, new(At, new ChannelChange("alice", "") { Lifecycle = ChannelLifecycle.Active })).ClosedUntil);
    }

    private static ChannelState Adjust(ChannelState state, ChannelAdjusted change) => state.Apply(change);
}
