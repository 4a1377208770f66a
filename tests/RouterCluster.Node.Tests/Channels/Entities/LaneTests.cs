using Akka.Actor;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>Lanes share nothing, never wait for a call, and keep what their books have not stored.</summary>
public sealed class LaneTests : ChannelScene
{
    private const int Budget = 4;
    private const int Queue = 8;

    [Fact]
    public async Task Submits_that_hang_fill_their_own_lane_and_leave_queries_alone()
    {
        var (_, told) = await StartChannelAsync();
        for (var number = 1; number <= Budget + Queue; number++)
        {
            told.SubmitLane.Tell(Order(number));
        }

        await ReportedAsync(report => report.Submit is { InFlight: Budget, Queue: Queue });
        told.QueryLane.Tell(Question(99));

        Assert.Equal((ReportSource.Query, OutcomeClass.Success), await SourceAndClassAsync());
    }

    [Fact]
    public async Task One_order_too_many_is_turned_away_unsent_at_once()
    {
        var (_, told) = await StartChannelAsync();
        for (var number = 1; number <= Budget + Queue + 1; number++)
        {
            told.SubmitLane.Tell(Order(number));
        }

        var report = await ReportAsync();
        Assert.Equal((Landing.NotSent, "lane_full"), (report.Outcome.Landing, report.Outcome.Code));
    }

    [Fact]
    public async Task The_end_of_a_submit_is_told_again_until_its_book_has_stored_it()
    {
        var (_, told) = await StartChannelAsync();
        Psp.Instantly = Success;
        told.SubmitLane.Tell(Order(1));
        var first = await ReportAsync();

        Time.Advance(TimeSpan.FromSeconds(3));
        var second = await ReportAsync();
        told.SubmitLane.Tell(Taken(second));
        Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(first, second);
        await Books.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task An_order_that_may_no_longer_be_sent_is_not()
    {
        var (_, told) = await StartChannelAsync();
        told.SubmitLane.Tell(Order(1) with { SendBefore = Time.GetUtcNow().AddSeconds(-1) });

        Assert.Equal(Landing.NotSent, (await ReportAsync()).Outcome.Landing);
        Assert.Throws<Xunit.Sdk.TrueException>(() => Psp.AnswerSubmit(Success));
    }

    [Fact]
    public async Task A_lane_that_stops_gives_back_what_waits_and_stays_until_its_book_has_stored_that_and_what_ran()
    {
        var (channel, told) = await StartChannelAsync();
        for (var number = 1; number <= Budget + 1; number++)
        {
            told.SubmitLane.Tell(Order(number));
        }

        await ReportedAsync(report => report.Submit is { InFlight: Budget, Queue: 1 });
        channel.Tell(StopChannel.Instance);
        var given = await ReportAsync();
        Assert.Equal(
            (Order(Budget + 1).Payment, Landing.NotSent, "stopping"),
            (given.Payment, given.Outcome.Landing, given.Outcome.Code));
        for (var number = 1; number <= Budget; number++)
        {
            Psp.AnswerSubmit(Success);
            told.SubmitLane.Tell(Taken(await ReportAsync()));
        }

        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(given, await ReportAsync());
        await Operator.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        told.SubmitLane.Tell(Taken(given));
        await Operator.ExpectTerminatedAsync(channel);
    }

    [Fact]
    public async Task The_book_hears_of_an_order_that_waits_and_of_the_end_of_its_waiting()
    {
        var (_, told) = await StartChannelAsync();
        for (var number = 1; number <= Budget + 1; number++)
        {
            told.SubmitLane.Tell(Order(number));
        }

        var last = Order(Budget + 1).Payment;
        Assert.Equal(new OrderInQueue(last, 1, true), await Books.ExpectMsgAsync<OrderInQueue>());
        Time.Advance(TimeSpan.FromMilliseconds(10));
        Psp.AnswerSubmit(Success);
        Assert.Equal(new OrderInQueue(last, 1, false), await Books.FishForMessageAsync<OrderInQueue>(_ => true));
    }

    [Fact]
    public async Task What_is_withdrawn_is_not_sent_whether_it_waits_or_is_still_connecting()
    {
        var (_, told) = await StartChannelAsync();
        for (var number = 1; number <= Budget + 1; number++)
        {
            told.SubmitLane.Tell(Order(number));
        }

        await ReportedAsync(report => report.Submit is { InFlight: Budget, Queue: 1 });
        Assert.True(Psp.MayStillSend!());
        told.SubmitLane.Tell(new WithdrawOrder(Order(Budget).OrderNo));
        told.SubmitLane.Tell(new WithdrawOrder(Order(Budget + 1).OrderNo));
        var report = await ReportAsync();
        Assert.Equal(
            (Order(Budget + 1).Payment, Landing.NotSent, "withdrawn"),
            (report.Payment, report.Outcome.Landing, report.Outcome.Code));
        Assert.False(Psp.MayStillSend!());
    }

    private async Task<(ReportSource Source, OutcomeClass Class)> SourceAndClassAsync()
    {
        var report = await ReportAsync();
        return (report.Source, report.Outcome.Class);
    }
}
