using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>What a book knows and does after it was killed at any moment.</summary>
public sealed class RecoveryTests : BookScene
{
    [Fact]
    public async Task An_open_attempt_is_asked_about_and_never_sent_again()
    {
        var book = await StartBookAsync();
        await AcceptAsync(book, "A-1", 1);
        var sent = await SubmitLane.ExpectMsgAsync<SubmitOrder>();
        await KillAsync(book);

        await StartBookAsync();
        Time.Advance(TimeSpan.FromSeconds(2));

        var query = await QueryLane.ExpectMsgAsync<QueryOrder>();
        Assert.Equal((sent.OrderNo, sent.AttemptNo, sent.Channel), (query.OrderNo, query.AttemptNo, query.Channel));
        await SubmitLane.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task The_end_of_a_payment_is_known_after_a_kill_and_told_the_lane_only_when_stored()
    {
        var book = await StartBookAsync();
        await AcceptAsync(book, "A-1", 1);
        var sent = await SubmitLane.ExpectMsgAsync<SubmitOrder>();
        book.Tell(Succeeded(sent));
        await SubmitLane.ExpectMsgAsync<ReportTaken>();
        await KillAsync(book);

        var answer = await GetAsync(await StartBookAsync(), "A-1");

        Assert.True(answer is BookAnswer.Stored { Payment.State: PaymentState.Succeeded });
    }

    /// <summary>The book's next owner publishes them; on both nodes they would count twice.</summary>
    [Fact]
    public async Task Unknown_payments_of_a_book_that_has_left_are_none_of_this_node_s()
    {
        var book = await StartBookAsync();
        await AcceptAsync(book, "A-1", 1);
        var sent = await SubmitLane.ExpectMsgAsync<SubmitOrder>();
        book.Tell(new ReportToBook(new AttemptReport(
            sent.Payment, sent.AttemptNo, sent.Channel, ReportSource.Submit, Outcome.Unknown("timeout"))));
        await AwaitConditionAsync(() => Task.FromResult(Board.Unknown(sent.Channel).Count == 1), TimeSpan.FromSeconds(20));

        await KillAsync(book);

        Assert.Equal(0, Board.Unknown(sent.Channel).Count);
    }

    [Fact]
    public async Task A_snapshot_and_the_rows_after_it_give_the_same_payments()
    {
        var book = await StartBookAsync();
        for (var number = 1; number <= 5; number++)
        {
            await AcceptAsync(book, $"A-{number}", number);
            book.Tell(Succeeded(await SubmitLane.ExpectMsgAsync<SubmitOrder>()));
            await SubmitLane.ExpectMsgAsync<ReportTaken>();
        }

        var before = await PaymentsAsync(book);
        await KillAsync(book);

        Assert.Equal(before, await PaymentsAsync(await StartBookAsync()));
    }

    [Fact]
    public async Task The_same_number_is_the_same_payment_after_a_kill()
    {
        var book = await StartBookAsync();
        await AcceptAsync(book, "A-1", 1);
        await SubmitLane.ExpectMsgAsync<SubmitOrder>();
        await KillAsync(book);

        book = await StartBookAsync();
        book.Tell(new AcceptInBook(new AcceptRequest(
            new Caller(Caller.Ref, 9), PaymentSamples.IdOf("A-1"), PaymentSamples.Content("A-1", amount: 1),
            TimeSpan.FromMinutes(10), Time.GetUtcNow().AddMinutes(1), Wait: TimeSpan.Zero)));

        var answer = (await Caller.FishForMessageAsync<BookAnswered>(answered => answered.Request == 9)).Answer;
        Assert.True(answer is BookAnswer.Stored { IsNew: false });
        await Router.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    private async Task KillAsync(IActorRef book)
    {
        book.Tell(Kill.Instance);
        await Caller.FishForMessageAsync(message => message is Terminated gone && gone.ActorRef.Equals(book));
    }

    private async Task<string[]> PaymentsAsync(IActorRef book)
    {
        var payments = new List<string>();
        for (var number = 1; number <= 5; number++)
        {
            var payment = Assert.IsType<BookAnswer.Stored>(await GetAsync(book, $"A-{number}")).Payment;
            payments.Add($"{payment.Id} {payment.State} {payment.UpdatedAt:o} {payment.Attempts.Length}");
        }

        return [.. payments];
    }
}
