using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>Somebody wants nothing sent. Only what is known to be unsent is closed.</summary>
public sealed class CancelTests
{
    private static readonly RouteDecision NoneNow =
        new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);

    private readonly BookHarness _book = new();
    private long _caller;

    [Fact]
    public void A_payment_that_waits_for_a_channel_is_closed_and_never_sent()
    {
        HoldAfter(LaneFull);
        Assert.True(AssertClosed(Cancel()).IsNew);
        _book.Router = BookHarness.FirstUntried;
        _book.Pass(30);
        Assert.Single(_book.Submits);
        Assert.Equal(PaymentState.Closed, _book.Read().State);
    }

    [Fact]
    public void Cancelled_again_it_is_answered_as_the_first_time_and_nothing_more_is_stored()
    {
        HoldAfter(LaneFull);
        var first = AssertClosed(Cancel());
        var rows = _book.Journal.Count;
        var second = AssertClosed(Cancel());
        Assert.Equal(first.Payment.Describe(), second.Payment.Describe());
        Assert.False(second.IsNew);
        Assert.Equal(rows, _book.Journal.Count);
    }

    [Fact]
    public void A_payment_that_time_has_closed_is_answered_alike()
    {
        HoldAfter(LaneFull);
        _book.Leap(Patience.TotalSeconds);
        _book.Pass(10);
        Assert.False(AssertClosed(Cancel()).IsNew);
    }

    [Fact]
    public void An_order_in_a_lane_comes_back_before_the_payment_is_closed()
    {
        _book.Accept(wantsEnd: true);
        _book.Do(book => book.InQueue(IdOf(), 1, true));
        var cancel = Cancel();
        Assert.Equal([IdOf().AttemptOrderNo(1)], _book.Withdrawn);
        Assert.Empty(_book.Answers(cancel));
        Assert.Equal(PaymentState.Processing, _book.Read().State);

        _book.Tell(TakenBack);
        AssertClosed(cancel);
        Assert.Equal(PaymentState.Closed, Assert.IsType<BookAnswer.Stored>(_book.Answers(1)[^1]).Payment.State);
        Assert.Equal(0, _book.Counted[Alpha]);
        Assert.Equal([2, 2], _book.Journal.Select(row => row.Count));
        _book.Pass(30);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void An_order_that_has_not_left_the_book_never_leaves_it()
    {
        _book.CommitsAtOnce = false;
        _book.Accept();
        var cancel = Cancel();
        _book.CommitAll();
        AssertClosed(cancel);
        Assert.Empty(_book.Submits);
        Assert.Empty(_book.Withdrawn);
        Assert.Equal(0, _book.Counted[Alpha]);
    }

    [Fact]
    public void The_answer_waits_for_its_write()
    {
        HoldAfter(LaneFull);
        _book.CommitsAtOnce = false;
        var cancel = Cancel();
        Assert.Empty(_book.Answers(cancel));
        _book.CommitAll();
        AssertClosed(cancel);
    }

    [Fact]
    public void While_the_next_channel_is_chosen_it_is_closed_instead()
    {
        _book.Accept();
        _book.Router = _ => null;
        _book.Tell(LaneFull);
        var cancel = Cancel();
        Assert.Empty(_book.Answers(cancel));
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        AssertClosed(cancel);
        Assert.Single(_book.Submits);
        Assert.Equal(0, _book.Counted[Bravo]);
    }

    [Fact]
    public void While_a_channel_is_chosen_for_a_payment_that_waits_it_is_closed_at_once()
    {
        HoldAfter(LaneFull);
        _book.Router = _ => null;
        _book.Pass(0.25);
        _book.Tell(LaneFull);
        AssertClosed(Cancel());
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        Assert.Single(_book.Submits);
        Assert.Equal(0, _book.Counted[Bravo]);
    }

    [Fact]
    public void A_success_that_is_heard_meanwhile_comes_first()
    {
        HoldAfter(LaneFull);
        _book.Router = _ => null;
        _book.Pass(0.25);
        _book.Notice(Success);
        var cancel = Cancel();
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        AssertRefused(PaymentRefusal.ResultUnknown, cancel);
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
    }

    [Fact]
    public void A_payment_that_is_kept_as_a_duplicate_is_closed_with_its_case()
    {
        _book.Accept(duplicateOf: "A-0");
        var closed = AssertClosed(Cancel()).Payment;
        Assert.False(closed.NeedsDecision);
        Assert.Equal(PaymentState.Closed, closed.State);
    }

    [Fact]
    public void An_order_whose_answer_says_how_it_ended_is_not_cancelled()
    {
        _book.Accept();
        var cancel = Cancel();
        _book.Tell(Success);
        AssertRefused(PaymentRefusal.PaymentEnded, cancel);
        Assert.Equal(PaymentState.Succeeded, _book.Read().State);
    }

    [Fact]
    public void An_order_that_was_sent_and_of_which_nobody_knows_is_not_cancelled()
    {
        _book.Accept();
        var cancel = Cancel();
        _book.Tell(Unknown);
        AssertRefused(PaymentRefusal.ResultUnknown, cancel);
        AssertRefused(PaymentRefusal.ResultUnknown, Cancel());
    }

    [Fact]
    public void What_a_channel_has_refused_was_sent_and_goes_on()
    {
        _book.Accept();
        var cancel = Cancel();
        _book.Tell(Maintenance);
        AssertRefused(PaymentRefusal.WasSent, cancel);
        Assert.Equal(2, _book.Submits.Count);
        AssertRefused(PaymentRefusal.WasSent, Cancel());
        Assert.Equal([IdOf().AttemptOrderNo(1)], _book.Withdrawn);
    }

    [Fact]
    public void A_lane_that_says_nothing_for_a_second_leaves_it_open()
    {
        _book.Accept();
        var (first, second) = (Cancel(), Cancel());
        _book.Pass(0.75);
        Assert.Empty(_book.Answers(first));
        _book.Pass(0.25);
        AssertRefused(PaymentRefusal.AttemptStillOpen, first);
        AssertRefused(PaymentRefusal.AttemptStillOpen, second);
        Assert.Equal(PaymentState.Processing, _book.Read().State);
    }

    [Fact]
    public void What_comes_back_unsent_after_that_is_closed_all_the_same()
    {
        _book.Accept();
        Cancel();
        _book.Pass(10);
        _book.Tell(TakenBack);
        Assert.Equal(PaymentState.Closed, _book.Read().State);
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void After_a_restart_nobody_knows_whether_it_was_sent_unless_its_lane_does()
    {
        _book.Accept();
        Cancel();
        _book.Crash();
        var (first, told) = (Cancel(), _book.Withdrawn.Count);
        _book.Pass(1);
        AssertRefused(PaymentRefusal.ResultUnknown, first);
        Assert.InRange(told, 2, 2);
        _book.Tell(TakenBack);
        AssertClosed(Cancel());
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void A_success_after_it_was_closed_is_shown_to_people()
    {
        HoldAfter(LaneFull);
        AssertClosed(Cancel());
        _book.Notice(Success);
        Assert.Equal(CaseReason.LateSuccess, Assert.Single(_book.Read().OpenCases).Reason);
        Assert.Equal(PaymentState.Closed, _book.Read().State);
    }

    [Fact]
    public void What_has_ended_or_never_was_is_not_cancelled()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        AssertRefused(PaymentRefusal.PaymentEnded, Cancel());
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(Cancel("A-9")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_payment_that_has_left_memory_is_looked_up(bool isClosed)
    {
        if (isClosed)
        {
            HoldAfter(LaneFull);
            Cancel();
        }
        else
        {
            _book.Accept();
            _book.Tell(Success);
        }

        var ended = _book.Read();
        _book.Do(book => book.ReadBackFromReadModel([(ended.Id, book.CommittedSequence)], _book.Now.Monotonic));
        _book.Pass(61);
        Assert.Equal(0, _book.Book.Count);
        var cancel = Cancel();
        _book.Do(book => book.LookedUp(ended.Id, ended));
        if (isClosed)
        {
            Assert.False(AssertClosed(cancel).IsNew);
        }
        else
        {
            AssertRefused(PaymentRefusal.PaymentEnded, cancel);
        }
    }

    private static Outcome TakenBack => Outcome.NotSent(OutcomeClass.ChannelUnreachable, "withdrawn");

    private void HoldAfter(Outcome outcome)
    {
        _book.Accept();
        _book.Router = _ => NoneNow;
        _book.Tell(outcome);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
    }

    private long Cancel(string orderNo = "A-1")
    {
        _caller--;
        _book.Do(book => book.Cancel(new Caller(this, _caller), IdOf(orderNo), _book.Now));
        return _caller;
    }

    private BookAnswer.Stored AssertClosed(long cancel)
    {
        var stored = Assert.IsType<BookAnswer.Stored>(_book.Answer(cancel));
        Assert.Equal(PaymentState.Closed, stored.Payment.State);
        return stored;
    }

    private void AssertRefused(PaymentRefusal why, long cancel) =>
        Assert.Equal(why, Assert.IsType<BookAnswer.Refused>(_book.Answer(cancel)).Why);
}
