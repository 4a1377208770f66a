using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>A node that stops: its books say so before its lanes stop.</summary>
public sealed class QuietTests : BookScene
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_quiet_book_has_handed_over_all_that_it_ever_will()
    {
        var book = await StartBookAsync();
        await AcceptAsync(book, "A-1", 1);
        await Caller.FishForMessageAsync<BookAnswered>(_ => true);
        Journal.Hold();
        await AcceptAsync(book, "A-2", 2);
        await Journal.WriteArrivesAsync();

        book.Tell(FallQuiet.Instance, Caller.Ref);
        await Caller.FishForMessageAsync<BookIsQuiet>(_ => true);
        Assert.Equal(PaymentSamples.IdOf("A-1"), (await SubmitLane.ExpectMsgAsync<SubmitOrder>()).Payment);
        Journal.Release();

        await Caller.FishForMessageAsync<BookAnswered>(answered => answered.Request == 2);
        var stored = Assert.IsType<BookAnswer.Stored>(await GetAsync(book, "A-2")).Payment;
        Assert.Equal((PaymentState.Accepted, "stopping"), (stored.State, stored.Attempts[^1].Outcome.Code));
        Assert.Equal(PaymentSamples.IdOf("A-2"), (await SubmitLane.ExpectMsgAsync<ReportTaken>()).Payment);
        await SubmitLane.ExpectNoMsgAsync(Moment);
    }

    [Fact]
    public async Task A_book_that_opens_while_the_node_stops_is_quiet()
    {
        await Books.FallQuietAsync(Moment);
        var book = await StartBookAsync();
        book.Tell(new AcceptInBook(new AcceptRequest(
            new Caller(Caller.Ref, 1), PaymentSamples.IdOf("A-1"), PaymentSamples.Content("A-1"),
            TimeSpan.FromMinutes(10), Time.GetUtcNow().AddMinutes(1), Wait: TimeSpan.Zero)));
        Assert.IsType<BookAnswer.StillAccepting>((await Caller.ExpectMsgAsync<BookAnswered>()).Answer);
        await Router.ExpectNoMsgAsync(Moment);
    }

    [Fact]
    public async Task All_books_of_the_node_are_asked_and_those_that_have_gone_are_not()
    {
        var gone = await StartBookAsync();
        gone.Tell(StopBook.Instance);
        await Caller.FishForMessageAsync<Terminated>(_ => true);
        var book = await StartBookAsync();
        await Books.FallQuietAsync(TimeSpan.FromSeconds(20));
        book.Tell(new AcceptInBook(new AcceptRequest(
            new Caller(Caller.Ref, 1), PaymentSamples.IdOf("A-1"), PaymentSamples.Content("A-1"),
            TimeSpan.FromMinutes(10), Time.GetUtcNow().AddMinutes(1), Wait: TimeSpan.Zero)));
        Assert.IsType<BookAnswer.StillAccepting>((await Caller.ExpectMsgAsync<BookAnswered>()).Answer);
    }
}
