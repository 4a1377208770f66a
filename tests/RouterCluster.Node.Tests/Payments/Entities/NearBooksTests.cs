using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>Messages of this node reach its books without a detour, and none is lost when a book moves.</summary>
public sealed class NearBooksTests : BookScene
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_book_that_is_open_here_is_told_directly_and_any_other_by_the_region()
    {
        var near = Near();
        near.Tell(Get("A-1"), ActorRefs.NoSender);
        Assert.Equal(Get("A-1"), await Region.ExpectMsgAsync<GetFromBook>());

        await StartBookAsync();
        near.Tell(Get("A-1"), ActorRefs.NoSender);
        Assert.IsType<BookAnswer.NoSuchPayment>((await Caller.ExpectMsgAsync<BookAnswered>()).Answer);
        await Region.ExpectNoMsgAsync(Moment);
    }

    [Fact]
    public async Task A_book_that_has_been_told_to_stop_leaves_new_requests_to_its_next_owner()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();
        book.Tell(StopBook.Instance);

        // Its mail from before it knew: in a race the sender still takes it for open.
        book.Tell(Accept("A-2"));
        Assert.Equal("A-2", (await Region.ExpectMsgAsync<AcceptInBook>()).Request.Content.OrderNo);

        Near().Tell(Accept("A-3"), ActorRefs.NoSender);
        Assert.Equal("A-3", (await Region.ExpectMsgAsync<AcceptInBook>()).Request.Content.OrderNo);
        Journal.Release();
        await Caller.ExpectMsgAsync<BookAnswered>();
        await Caller.ExpectTerminatedAsync(book);
    }

    private NearBooks Near()
    {
        var actors = ActorRegistry.For(Sys);
        actors.Register<IBookMessage>(Region.Ref, overwrite: true);
        return new NearBooks(Books, new RequiredActor<IBookMessage>(actors));
    }

    private GetFromBook Get(string orderNo) => new(new Caller(Caller.Ref, 7), PaymentSamples.IdOf(orderNo));

    private AcceptInBook Accept(string orderNo) => new(new AcceptRequest(
        new Caller(Caller.Ref, 2), PaymentSamples.IdOf(orderNo), PaymentSamples.Content(orderNo),
        TimeSpan.FromMinutes(10), Time.GetUtcNow().AddMinutes(1), Wait: TimeSpan.Zero));
}
