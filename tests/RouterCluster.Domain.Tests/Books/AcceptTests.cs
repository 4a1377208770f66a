using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What merchants ask, and what they hear.</summary>
public sealed class AcceptTests
{
    private readonly BookHarness _book = new();

    [Fact]
    public void S12_the_same_number_is_one_payment_and_other_content_is_refused()
    {
        _book.Accept();
        Assert.False(Assert.IsType<BookAnswer.Stored>(_book.Answer(_book.Accept())).IsNew);
        Assert.IsType<BookAnswer.IdempotencyMismatch>(_book.Answer(_book.Accept(amount: 7)));
        _book.Crash();
        Assert.False(Assert.IsType<BookAnswer.Stored>(_book.Answer(_book.Accept())).IsNew);
        Assert.IsType<BookAnswer.IdempotencyMismatch>(_book.Answer(_book.Accept(amount: 7)));
        Assert.Single(_book.Submits);
    }

    [Fact]
    public void S12_the_same_number_while_a_channel_is_chosen_is_still_being_accepted()
    {
        _book.Router = _ => null;
        var first = _book.Accept();
        var second = _book.Accept();
        Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(second));
        Assert.Empty(_book.Answers(first));
        _book.Route(Assert.Single(_book.Asked).RouteId, new RouteDecision.Chosen(Alpha, RouteReasons.None));
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(first)).IsNew);
        Assert.Equal(1, _book.Book.Count);
    }

    [Fact]
    public void A_duplicate_is_stored_for_people_and_nothing_of_it_is_sent()
    {
        var request = _book.Accept("A-2", duplicateOf: "A-1");

        var payment = Assert.IsType<BookAnswer.Stored>(_book.Answer(request)).Payment;
        Assert.Equal(PaymentState.Suspended, payment.State);
        Assert.Equal(CaseReason.Duplicate, Assert.Single(payment.OpenCases).Reason);
        Assert.Empty(payment.Attempts);
        Assert.Empty(_book.Submits);
        Assert.All(_book.Counted.Values, held => Assert.Equal(0, held));
        _book.Crash();
        _book.Pass(3600);
        Assert.Equal(PaymentState.Suspended, _book.Read("A-2").State);
        Assert.Empty(_book.Submits);
    }

    [Fact]
    public void A_duplicate_of_which_nobody_can_take_the_money_is_refused_as_any_payment()
    {
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(3), RouteReasons.None);
        Assert.IsType<BookAnswer.NoChannelNow>(_book.Answer(_book.Accept("A-2", duplicateOf: "A-1")));
        Assert.Empty(_book.Journal);
    }

    [Fact]
    public void A_request_for_which_nobody_waits_any_more_is_dropped()
    {
        var request = _book.Accept(deadline: 0);
        Assert.Empty(_book.Answers(request));
        Assert.Empty(_book.Asked);
        Assert.Equal(0, _book.Book.Count);
    }

    [Fact]
    public void A_number_that_is_being_accepted_is_not_said_to_be_unknown()
    {
        _book.Router = _ => null;
        _book.Accept();
        Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(_book.Get()));
        Assert.IsType<BookAnswer.NoSuchPayment>(_book.Answer(_book.Get("A-2")));

        _book.CommitsAtOnce = false;
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Alpha, RouteReasons.None));
        var read = _book.Get();
        Assert.Empty(_book.Answers(read));
        _book.Commit();
        Assert.IsType<BookAnswer.Stored>(_book.Answer(read));
    }

    [Fact]
    public void A_number_that_waits_for_the_write_in_flight_is_being_accepted()
    {
        _book.CommitsAtOnce = false;
        _book.Accept("A-1");
        var first = _book.Accept("A-2");
        long[] others = [_book.Get("A-2"), _book.Accept("A-2")];
        _book.CommitAll();
        Assert.All(others, request => Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(request)));
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(first)).IsNew);
    }

    [Fact]
    public void A_channel_that_is_chosen_after_the_deadline_gets_nothing_and_the_number_is_free()
    {
        _book.Router = _ => null;
        var late = _book.Accept(deadline: 1);
        _book.Pass(3.5);
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Alpha, RouteReasons.None));
        Assert.Empty(_book.Answers(late));
        Assert.Empty(_book.Journal);
        Assert.Equal(0, _book.Counted[Alpha]);
        _book.Router = BookHarness.FirstUntried;
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(_book.Accept())).IsNew);
    }

    [Fact]
    public void Nothing_is_stored_whose_deadline_is_over_when_its_row_could_be_written()
    {
        _book.CommitsAtOnce = false;
        _book.Accept("A-1");
        var late = _book.Accept("A-2", deadline: 1);
        var inTime = _book.Accept("A-3", deadline: 5);
        _book.Pass(4.5);
        _book.CommitAll();
        Assert.Empty(_book.Answers(late));
        Assert.IsType<BookAnswer.Stored>(_book.Answer(inTime));
        Assert.Equal([IdOf("A-1"), IdOf("A-3")], _book.Submits.Select(submit => submit.Payment));
        Assert.Equal(2, _book.Counted[Alpha]);
    }

    [Fact]
    public void A_clock_that_was_set_back_drops_no_request()
    {
        _book.Accept("A-1");
        _book.Leap(-3600);
        Assert.IsType<BookAnswer.Stored>(_book.Answer(_book.Accept("A-2")));
        Assert.True(_book.Read("A-2").CreatedAt >= Start);
    }

    [Fact]
    public void A_books_clock_never_goes_back_not_even_over_a_restart()
    {
        _book.Pass(10);
        _book.Accept("A-1");
        _book.Leap(-3600);
        _book.Crash();
        _book.Accept("A-2");
        Assert.Equal(_book.Read("A-1").CreatedAt, _book.Read("A-2").CreatedAt);
    }

    [Fact]
    public void Without_a_channel_now_nothing_is_stored_and_the_number_is_free()
    {
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(3), RouteReasons.None);
        var request = _book.Accept();
        Assert.Equal(BookHarness.Seconds(3), Assert.IsType<BookAnswer.NoChannelNow>(_book.Answer(request)).RetryAfter);
        Assert.Empty(_book.Journal);
        _book.Router = BookHarness.FirstUntried;
        Assert.True(Assert.IsType<BookAnswer.Stored>(_book.Answer(_book.Accept())).IsNew);
    }

    [Fact]
    public void Without_a_channel_ever_nothing_is_stored()
    {
        _book.Router = _ => new RouteDecision.NoneEver(RouteReasons.None);
        Assert.IsType<BookAnswer.NoRoute>(_book.Answer(_book.Accept()));
        Assert.Empty(_book.Journal);
    }

    [Fact]
    public void A_silent_router_is_no_channel_now_and_its_late_choice_is_given_back()
    {
        _book.Router = _ => null;
        var request = _book.Accept();
        _book.Pass(4.75);
        Assert.Empty(_book.Answers(request));
        _book.Pass(0.25);
        Assert.IsType<BookAnswer.NoChannelNow>(_book.Answer(request));
        _book.Route(_book.Asked[0].RouteId, new RouteDecision.Chosen(Alpha, RouteReasons.None));
        Assert.Equal(0, _book.Counted[Alpha]);
        Assert.Empty(_book.Submits);
    }

    [Fact]
    public void A_waiting_caller_hears_twice_at_the_commit_and_at_the_end()
    {
        var waits = _book.Accept(wantsEnd: true);
        var leaves = _book.Accept();
        var joins = _book.Accept(wantsEnd: true);
        _book.Tell(Unknown);
        Assert.Single(_book.Answers(waits));
        _book.Tell(Success);
        Assert.Equal([PaymentState.Processing, PaymentState.Succeeded], States(waits));
        Assert.Equal([PaymentState.Processing], States(leaves));
        Assert.Equal([PaymentState.Processing, PaymentState.Succeeded], States(joins));
    }

    [Fact]
    public void A_caller_of_an_ended_payment_hears_once()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        Assert.Equal([PaymentState.Failed], States(_book.Accept(wantsEnd: true)));
    }

    [Fact]
    public void However_many_callers_wait_for_a_payment_all_hear_of_its_end()
    {
        long[] callers = [.. Enumerable.Range(0, 100).Select(_ => _book.Accept(wantsEnd: true))];
        _book.Tell(Success);
        Assert.All(callers, caller => Assert.Equal([PaymentState.Processing, PaymentState.Succeeded], States(caller)));
    }

    [Fact]
    public void A_caller_whose_wait_is_over_makes_room_for_those_who_still_wait()
    {
        var gone = _book.Accept(wantsEnd: true);
        _book.Pass(11);
        var waits = _book.Accept(wantsEnd: true);
        _book.Tell(Success);
        Assert.Single(_book.Answers(gone));
        Assert.Equal([PaymentState.Processing, PaymentState.Succeeded], States(waits));
    }

    private IEnumerable<PaymentState> States(long request) =>
        _book.Answers(request).Select(answer => ((BookAnswer.Stored)answer).Payment.State);
}
