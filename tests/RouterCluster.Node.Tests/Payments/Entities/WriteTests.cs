using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>Effects follow the commit: what storage does decides what leaves a book.</summary>
public sealed class WriteTests : BookScene
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Nothing_leaves_the_book_before_its_row_is_durable()
    {
        var book = await StartBookAsync();
        Journal.Hold();

        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();
        await Caller.ExpectNoMsgAsync(Moment);
        await SubmitLane.ExpectNoMsgAsync(TimeSpan.Zero);
        Journal.Release();

        var answer = await Caller.ExpectMsgAsync<BookAnswered>();
        Assert.True(answer.Answer is BookAnswer.Stored { IsNew: true, Payment.State: PaymentState.Processing });
        Assert.Equal(PaymentSamples.IdOf("A-1"), (await SubmitLane.ExpectMsgAsync<SubmitOrder>()).Payment);
    }

    [Fact]
    public async Task A_read_waits_for_the_write_that_covers_what_it_saw()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();

        book.Tell(new GetFromBook(new Caller(Caller.Ref, 2), PaymentSamples.IdOf("A-1")));
        await Caller.ExpectNoMsgAsync(Moment);
        Journal.Release();

        Assert.Equal(1, (await Caller.ExpectMsgAsync<BookAnswered>()).Request);
        Assert.Equal(2, (await Caller.ExpectMsgAsync<BookAnswered>()).Request);
    }

    [Fact]
    public async Task What_comes_while_a_row_is_written_goes_out_as_one_row()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();
        await AcceptAsync(book, "A-2", 2);
        await AcceptAsync(book, "A-3", 3);
        Journal.Release();

        await Journal.WriteArrivesAsync();
        for (var request = 1; request <= 3; request++)
        {
            Assert.Equal(request, (await Caller.ExpectMsgAsync<BookAnswered>()).Request);
        }

        Assert.False(Journal.HasArrived);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_or_rejected_row_stops_the_book_and_nothing_has_left_it(bool isRejected)
    {
        var book = await StartBookAsync();
        Journal.Failure = isRejected ? null : new IOException("the disk is full");
        Journal.Rejection = isRejected ? new InvalidOperationException("not a row") : null;

        await AcceptAsync(book, "A-1", 1);

        await Caller.ExpectTerminatedAsync(book);
        await SubmitLane.ExpectNoMsgAsync(TimeSpan.Zero);
        (Journal.Failure, Journal.Rejection) = (null, null);
        Assert.IsType<BookAnswer.NoSuchPayment>(await GetAsync(await StartBookAsync(), "A-1"));
    }

    [Fact]
    public async Task An_overdue_row_stops_the_book_which_comes_back_from_the_journal()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();

        Time.Advance(TimeSpan.FromSeconds(11));

        await Caller.ExpectTerminatedAsync(book);
        await SubmitLane.ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_book_that_is_stopped_finishes_its_row_and_what_follows_from_it()
    {
        var book = await StartBookAsync();
        Journal.Hold();
        await AcceptAsync(book, "A-1", 1);
        await Journal.WriteArrivesAsync();

        book.Tell(StopBook.Instance);
        await Caller.ExpectNoMsgAsync(Moment);
        Journal.Release();

        await Caller.ExpectMsgAsync<BookAnswered>();
        await SubmitLane.ExpectMsgAsync<SubmitOrder>();
        await Caller.ExpectTerminatedAsync(book);
    }
}
