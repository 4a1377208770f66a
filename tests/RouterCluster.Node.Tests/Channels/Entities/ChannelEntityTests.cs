using Akka.Actor;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>What operators decide, and where breakers stood, outlives the entity.</summary>
public sealed class ChannelEntityTests : ChannelScene
{
    private static readonly ChannelChange ByAlice = new("alice", "test");

    [Fact]
    public async Task A_disabled_channel_turns_submits_away_unsent_and_still_answers_queries()
    {
        var (channel, told) = await StartChannelAsync();

        var done = await ChangeAsync(channel, ByAlice with { Lifecycle = ChannelLifecycle.Disabled });
        told.SubmitLane.Tell(Order(1));
        var refused = await ReportAsync();
        told.QueryLane.Tell(Question(2));
        var answered = await ReportAsync();

        Assert.Equal((ChannelLifecycle.Disabled, "alice"), (done.Report.Lifecycle, done.Changed?.By));
        Assert.Equal((Landing.NotSent, "disabled"), (refused.Outcome.Landing, refused.Outcome.Code));
        Assert.Equal((ReportSource.Query, OutcomeClass.Success), (answered.Source, answered.Outcome.Class));
    }

    [Fact]
    public async Task What_an_operator_decided_survives_the_entity()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with
        {
            Lifecycle = ChannelLifecycle.Draining, SubmitConcurrency = 2, QueryRatePerSecond = 7, Weight = 3, Isolated = true,
        });
        await KillAsync(channel);

        var (again, told) = await StartChannelAsync();
        var report = told.Report;

        Assert.Equal((ChannelLifecycle.Draining, 3.0), (report.Lifecycle, report.Weight));
        Assert.Equal((2, 7.0), (report.Submit.Budget, report.Query.RatePerSecond));
        Assert.Equal((BreakerState.Isolated, BreakerState.Closed), (report.Submit.Breaker, report.Query.Breaker));
        Assert.Equal("alice", (await HistoryAsync(again)).Last?.By);
    }

    [Fact]
    public async Task An_override_is_named_at_every_start_until_it_is_taken_back()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { SubmitConcurrency = 2, Weight = 3 });
        await KillAsync(channel);

        var (again, told) = (ActorRefs.Nobody as IActorRef, (ChannelReported?)null);
        await EventFilter.Warning(contains: "submit.concurrency is 2, set by alice").ExpectOneAsync(
            async () => (again, told) = await StartChannelAsync());
        Assert.Equal((2, 3.0), (told!.Report.Submit.Budget, told.Report.Weight));
        Assert.Equal(["submit.concurrency by alice", "weight by alice"], (await HistoryAsync(again!)).Overrides.Select(Words));

        var done = await ChangeAsync(again!, new ChannelChange("bob", "as agreed") { Resets = OverrideKeys.SubmitConcurrency });
        Assert.Equal((4, "bob"), (done.Report.Submit.Budget, done.Changed?.By));
        Assert.Equal(["weight by alice"], done.Overrides.Select(Words));
        await KillAsync(again!);

        var after = (ChannelReported?)null;
        await EventFilter.Warning(contains: "submit.concurrency").ExpectAsync(
            0, async () => (_, after) = await StartChannelAsync());
        Assert.Equal((4, 3.0), (after!.Report.Submit.Budget, after.Report.Weight));

        static string Words(ChannelOverride one) => $"{one.Key.Name()} by {one.Mark?.By}";
    }

    [Fact]
    public async Task A_long_history_is_not_read_again()
    {
        var (channel, _) = await StartChannelAsync();
        for (var change = 1; change <= 1_003; change++)
        {
            await ChangeAsync(channel, ByAlice with { Weight = change });
        }

        Assert.Equal(1_000, await Snapshots.NewestAsync(this, ChannelEntity.SnapshotPlugin, "channel-alpha"));
        await KillAsync(channel);

        var (again, told) = await StartChannelAsync();
        Assert.Equal(1_003.0, told.Report.Weight);
        Assert.Equal(
            Enumerable.Range(904, 100).Select(weight => $"weight={weight}"),
            (await HistoryAsync(again)).Changes.Select(change => change.What));
    }

    [Fact]
    public async Task A_lane_that_breaks_comes_back_as_operators_left_it()
    {
        Psp.Instantly = Success;
        var (channel, told) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { Lifecycle = ChannelLifecycle.Disabled });

        told.SubmitLane.Tell(new ConfigureLane(null!));
        ChannelReported? again = null;
        await AwaitConditionAsync(
            async () =>
            {
                // As routers do, again and again: whoever has begun anew does not know them.
                channel.Tell(new SubscribeToReports(PaymentSamples.Alpha, null), Router.Ref);
                again = await Router.ReceiveOneAsync(TimeSpan.FromMilliseconds(50)) as ChannelReported;
                return again is not null && !again.SubmitLane.Equals(told.SubmitLane);
            },
            TimeSpan.FromSeconds(20));
        again!.SubmitLane.Tell(Order(1));

        var outcome = (await ReportAsync()).Outcome;
        Assert.Equal((Landing.NotSent, "disabled"), (outcome.Landing, outcome.Code));
    }

    [Fact]
    public async Task An_open_breaker_survives_the_entity()
    {
        var (channel, told) = await StartChannelAsync();
        Psp.Instantly = Fault;
        for (var number = 1; number <= 4; number++)
        {
            told.SubmitLane.Tell(Order(number));
            await ReportAsync();
        }

        await ReportedAsync(report => report.Submit.Breaker == BreakerState.Open);
        await ChangeAsync(channel, ByAlice with { Weight = 2 });
        await KillAsync(channel);

        var (_, again) = await StartChannelAsync();
        Assert.Equal((BreakerState.Open, BreakerState.Closed), (again.Report.Submit.Breaker, again.Report.Query.Breaker));
    }

    [Fact]
    public async Task A_half_open_breaker_probes_first_after_a_restart_and_the_channel_has_been_failing_since_before()
    {
        var (channel, told) = await StartChannelAsync();
        Psp.Instantly = Fault;
        for (var number = 1; number <= 4; number++)
        {
            told.SubmitLane.Tell(Order(number));
            await ReportAsync();
        }

        var open = await ReportedAsync(report => report.Submit.Breaker == BreakerState.Open);
        Time.Advance(TimeSpan.FromMinutes(6));
        await ReportedAsync(report => report.Submit.Breaker == BreakerState.HalfOpen);
        await ChangeAsync(channel, ByAlice with { Weight = 2 });
        await KillAsync(channel);

        var (_, again) = await StartChannelAsync();
        Assert.Equal((BreakerState.HalfOpen, true), (again.Report.Submit.Breaker, again.Report.Submit.HasFailed));
        Assert.Equal(open.FailingSince, again.Report.FailingSince);
        Assert.NotNull(again.Report.FailingSince);
    }

    [Fact]
    public async Task A_pause_that_the_company_asked_for_survives_the_entity_and_an_operator_ends_it()
    {
        var (channel, told) = await StartChannelAsync();
        (Psp.Instantly, Psp.Pause) = (TooFast, TimeSpan.FromMinutes(5));
        told.SubmitLane.Tell(Order(1));
        await ReportAsync();
        var paused = await ReportedAsync(report => report.Submit.Throttle is not null);
        await ChangeAsync(channel, ByAlice with { Weight = 2 });
        await KillAsync(channel);

        var (channelAgain, again) = await StartChannelAsync();
        Assert.InRange((again.Report.PausedUntil - paused.PausedUntil)!.Value.TotalSeconds, -1, 1);
        again.SubmitLane.Tell(Order(2));
        var refused = (await ReportAsync()).Outcome;
        Assert.Equal((Landing.NotSent, "paused"), (refused.Landing, refused.Code));

        await ChangeAsync(channelAgain, ByAlice with { Lifecycle = ChannelLifecycle.Active });
        Assert.Null((await ReportedAsync(report => report.Submit.Throttle is null)).PausedUntil);
    }

    [Fact]
    public async Task Declines_that_are_the_customers_open_no_breaker()
    {
        var (_, told) = await StartChannelAsync();
        Psp.Instantly = Declined;
        for (var number = 1; number <= 12; number++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            told.SubmitLane.Tell(Order(number));
            Assert.Equal(OutcomeClass.CustomerFunds, (await ReportAsync()).Outcome.Class);
        }

        var report = await ReportedAsync(report => report.Signals.Any());
        Assert.Equal(BreakerState.Closed, report.Submit.Breaker);
    }

    [Fact]
    public async Task A_channel_that_stops_lets_its_running_call_end()
    {
        var (channel, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1));
        await ReportedAsync(report => report.Submit.InFlight == 1);

        channel.Tell(StopChannel.Instance);
        await Operator.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        Psp.AnswerSubmit(Success);

        var report = await ReportAsync();
        Assert.Equal(OutcomeClass.Success, report.Outcome.Class);
        told.SubmitLane.Tell(Taken(report));
        await Operator.ExpectTerminatedAsync(channel);
    }
}
