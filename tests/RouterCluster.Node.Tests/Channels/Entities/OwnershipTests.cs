using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A channel sends when the calls of its last owner have ended, and says when its own have.</summary>
public sealed class OwnershipTests : ChannelScene
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(16);

    [Fact]
    public async Task Nothing_is_sent_before_the_last_owners_longest_call_is_over()
    {
        Claims.Row = new LastOwner("other", ClaimState.Open, LongestCall);
        Leases.Silent = LongestCall - TimeSpan.FromMilliseconds(1);
        var channel = await StartOwnerAsync();
        var waiting = await ToldAsync(told => told.Report.NoOwnerSince is not null);
        waiting.SubmitLane.Tell(Order(1));
        waiting.QueryLane.Tell(Question(2));
        var refused = new[] { await ReportAsync(), await ReportAsync() };

        Assert.All(refused, report => Assert.Equal("no_owner", report.Outcome.Code));
        Assert.All(refused, report => Assert.Equal(Landing.NotSent, report.Outcome.Landing));
        var change = new ChannelChange("alice", "test") { Weight = 3 };
        Assert.Equal(3, (await ChangeAsync(channel, change)).Report.Weight);

        Leases.Silent = LongestCall;
        var told = await ToldAsync(open => open.Report.NoOwnerSince is null);
        Psp.Instantly = Success;
        Time.Advance(TimeSpan.FromSeconds(1));
        told.SubmitLane.Tell(Order(3));
        Assert.Equal(OutcomeClass.Success, (await ReportAsync()).Outcome.Class);
    }

    [Fact]
    public async Task A_channel_that_is_handed_over_says_that_all_its_calls_have_ended()
    {
        var (channel, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1));
        await AwaitAssertAsync(() => Assert.NotNull(Psp.MayStillSend));
        channel.Tell(StopChannel.Instance);
        await ToldNothingReleasedAsync();

        Psp.AnswerSubmit(Success);
        var report = await ReportAsync();
        told.SubmitLane.Tell(new ReportTaken(report.Payment, report.AttemptNo));
        await Operator.ExpectTerminatedAsync(channel);
        Assert.Equal(ClaimState.Released, Claims.Row?.State);
        Assert.False(Psp.MayStillSend!());
    }

    [Fact]
    public async Task An_entity_that_breaks_releases_nothing_and_its_calls_send_no_more()
    {
        var (channel, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1));
        await AwaitAssertAsync(() => Assert.NotNull(Psp.MayStillSend));
        Assert.True(Psp.MayStillSend!());
        await KillAsync(channel);
        Assert.Equal(ClaimState.Open, Claims.Row?.State);
        Assert.False(Psp.MayStillSend!());

        // The call was given up: the company may count it for the time that connections linger.
        await StartOwnerAsync();
        await ToldAsync(next => next.Report.NoOwnerSince is not null);
        Time.Advance(TimeSpan.FromSeconds(1));
        await ToldAsync(next => next.Report.NoOwnerSince is null);
    }

    [Fact]
    public async Task A_store_that_is_away_is_asked_again_and_nothing_is_sent_meanwhile()
    {
        Claims.IsAway = true;
        await EventFilter.Warning(contains: "its claim could not be stored").ExpectOneAsync(async () =>
        {
            await StartOwnerAsync();
            await AwaitAssertAsync(() => Assert.True(Claims.Asked > 1));
        });
        await ToldAsync(told => told.Report.NoOwnerSince is not null);

        Claims.IsAway = false;
        await ToldAsync(told => told.Report.NoOwnerSince is null);
    }

    [Fact]
    public async Task An_owner_whose_claim_was_taken_stops()
    {
        var (channel, told) = await StartChannelAsync();
        Claims.Lose();
        await Operator.ExpectTerminatedAsync(channel);
        Assert.NotNull(told);
    }

    [Fact]
    public async Task A_node_that_may_own_nothing_any_more_neither_sends_nor_asks()
    {
        var (_, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1));
        await AwaitAssertAsync(() => Assert.NotNull(Psp.MayStillSend));
        Leases.MaySend = false;

        Assert.False(Psp.MayStillSend!());
        told.QueryLane.Tell(Question(2));
        Assert.Equal(SubmitCall.Forbidden, (await ReportAsync()).Outcome.Code);
    }

    private async Task ToldNothingReleasedAsync()
    {
        await Operator.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal(ClaimState.Open, Claims.Row?.State);
    }
}
