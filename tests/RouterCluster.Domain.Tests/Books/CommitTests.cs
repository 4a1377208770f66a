using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>Nothing leaves a book before the write that covers it.</summary>
public sealed class CommitTests
{
    private readonly BookHarness _book = new() { CommitsAtOnce = false };

    [Fact]
    public void The_answer_and_the_submit_wait_for_the_commit()
    {
        var request = _book.Accept();
        Assert.Empty(_book.Answers(request));
        Assert.Empty(_book.Submits);
        _book.Commit();
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(request)).IsNew);
        Assert.Equal(IdOf().AttemptOrderNo(1), Assert.Single(_book.Submits).OrderNo);
        Assert.Equal(
            [typeof(PaymentAccepted), typeof(AttemptStarted)], _book.Journal[0].Select(stored => stored.Event.GetType()));
    }

    [Fact]
    public void S7_a_new_owner_says_nothing_before_it_has_taken_the_row_that_its_predecessor_would_write_next()
    {
        var book = new PaymentBook(BookHarness.Usual, new StoredEvents());
        book.Recovered(7, _book.Now);
        book.Get(new Caller(this, 1), IdOf());

        Assert.True(book.TakeWrite() is { IsEmpty: true });
        Assert.Empty(book.TakeEffects());
        Assert.Null(book.TakeSnapshot());
        book.WriteAcknowledged(_book.Now);

        Assert.Equal(8, book.CommittedSequence);
        Assert.IsType<BookAnswer.NoSuchPayment>(Assert.Single(book.TakeEffects().OfType<BookEffect.Answer>()).Value);
        Assert.Null(book.TakeWrite());
    }

    [Fact]
    public void Reads_repeats_and_refusals_wait_for_what_they_have_read()
    {
        _book.Accept();
        long[] waiting = [_book.Get(), _book.Accept(), _book.Accept(amount: 7), _book.Get("no-such")];
        Assert.All(waiting, request => Assert.Empty(_book.Answers(request)));
        _book.Commit();
        Assert.IsType<BookAnswer.Stored>(_book.Answer(waiting[0]));
        Assert.False(Assert.IsType<BookAnswer.Stored>(_book.Answer(waiting[1])).IsNew);
        Assert.IsType<BookAnswer.IdempotencyMismatch>(_book.Answer(waiting[2]));
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(waiting[3]));
    }

    [Fact]
    public void One_write_is_in_flight_and_what_happens_meanwhile_is_the_next_row()
    {
        _book.Accept("A-1");
        var read = _book.Get("A-1");
        long[] later = [_book.Accept("A-2"), _book.Accept("A-3")];
        Assert.Empty(_book.Journal);
        Assert.Empty(_book.Answers(read));
        _book.Commit();
        Assert.All(later, request => Assert.Empty(_book.Answers(request)));
        Assert.Single(_book.Answers(read));
        Assert.Equal(IdOf("A-1"), Assert.Single(_book.Submits).Payment);
        _book.Commit();
        Assert.All(later, request => Assert.Single(_book.Answers(request)));
        Assert.Equal([2, 4], _book.Journal.Select(row => row.Count));
        Assert.False(_book.IsWriting);
        Assert.Equal(_book.Rows, _book.Book.CommittedSequence);
    }

    [Fact]
    public void A_reports_news_is_taken_only_once_it_is_stored()
    {
        _book.Accept();
        _book.Commit();
        var report = _book.Tell(NoFunds);
        Assert.Empty(_book.Taken);
        _book.Commit();
        Assert.Equal(report, Assert.Single(_book.Taken));
    }

    [Fact]
    public void News_that_cannot_be_stored_is_not_taken_and_changes_nothing()
    {
        _book.CommitsAtOnce = true;
        _book.Accept();
        _book.Encoder.CanStore = e => e is not AttemptEnded;
        _book.Tell(Success);
        Assert.Empty(_book.Taken);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
        _book.Encoder.CanStore = _ => true;
        _book.Tell(Success);
        Assert.Single(_book.Taken);
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    [Fact]
    public void A_command_that_cannot_be_encoded_fails_alone()
    {
        _book.Encoder.CanStore = e => e is not PaymentAccepted { Content.OrderNo: "A-2" };
        long[] requests = [_book.Accept("A-1"), _book.Accept("A-2"), _book.Accept("A-3")];
        _book.CommitAll();
        Assert.IsType<BookAnswer.Stored>(_book.Answer(requests[0]));
        Assert.IsType<BookAnswer.OutOfReach>(_book.Answer(requests[1]));
        Assert.IsType<BookAnswer.Stored>(_book.Answer(requests[2]));
        Assert.Equal(2, _book.Counted[Alpha]);
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(_book.Get("A-2")));
    }

    [Fact]
    public void A_reroute_that_cannot_be_encoded_gives_its_channel_back()
    {
        _book.CommitsAtOnce = true;
        _book.Accept();
        _book.Encoder.CanStore = e => e is not AttemptStarted;
        _book.Tell(Maintenance);
        Assert.Equal(1, _book.Read().OpenAttempt!.No);
        Assert.All(_book.Counted.Values, count => Assert.Equal(0, count));
    }

    [Fact]
    public void Giving_up_that_cannot_be_encoded_is_tried_again()
    {
        _book.CommitsAtOnce = true;
        _book.Accept();
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);
        _book.Tell(LaneFull);
        _book.Encoder.CanStore = e => e is not PaymentFailed;
        _book.Pass(10);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        _book.Encoder.CanStore = _ => true;
        _book.Pass(2);
        Assert.Equal(PaymentState.Failed, _book.Read().State);
    }

    [Fact]
    public void The_end_of_one_attempt_and_the_start_of_the_next_are_one_row()
    {
        _book.Accept();
        _book.Commit();
        _book.Tell(Maintenance);
        Assert.Single(_book.Submits);
        _book.Commit();
        Assert.Equal([typeof(AttemptEnded), typeof(AttemptStarted)], _book.Journal[1].Select(stored => stored.Event.GetType()));
        Assert.Equal(Bravo, _book.Submits[1].Channel);
    }

    [Fact]
    public void A_commit_tells_every_payment_of_the_row_as_the_row_leaves_it()
    {
        _book.Accept();
        _book.Tell(Success);
        _book.CommitAll();
        var committed = _book.Left.OfType<BookEffect.Committed>().Where(row => row.Events.Count > 0).ToList();
        Assert.Equal([1L, 2L], committed.Select(row => row.Sequence));
        Assert.Equal(PaymentState.Processing, Assert.Single(committed[0].Changed).State);
        Assert.Equal(PaymentState.Succeeded, Assert.Single(committed[1].Changed).State);
        Assert.Equal(2, committed[1].Events.Count);
    }
}
