using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What channels tell: once, twice, late, out of order.</summary>
public sealed class ReportTests
{
    private readonly BookHarness _book = new();

    [Fact]
    public void A_report_that_comes_twice_is_taken_twice_and_stored_once()
    {
        _book.Accept();
        _book.Tell(NoFunds);
        _book.Tell(NoFunds);
        Assert.Equal((2, 2), (_book.Taken.Count, _book.Journal.Count));
        Assert.Equal(0, _book.Counted[Alpha]);
    }

    [Fact]
    public void A_repeated_report_of_an_ended_attempt_settles_nothing_of_the_open_one()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Tell(Maintenance);
        Assert.Equal((0, 1), (_book.Counted[Alpha], _book.Counted[Bravo]));
        _book.Tell(Success, 2, channel: Bravo);
        Assert.Equal((0, 0), (_book.Counted[Alpha], _book.Counted[Bravo]));
    }

    [Fact]
    public void A_report_of_a_payment_that_nobody_knows_is_taken()
    {
        _book.Tell(Success, orderNo: "never-seen");
        Assert.Single(_book.Taken);
        Assert.Empty(_book.Journal);
    }

    [Fact]
    public void A_held_payment_goes_to_the_first_channel_that_comes_free()
    {
        _book.Accept();
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);
        _book.Tell(LaneFull);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        _book.Pass(3);
        _book.Router = request =>
        {
            Assert.Empty(request.Tried);
            return new RouteDecision.Chosen(Alpha, RouteReasons.None);
        };
        _book.Pass(1);
        Assert.Equal([1, 2], _book.Submits.Select(submit => submit.AttemptNo));
        Assert.Equal(1, _book.Counted[Alpha]);
    }

    [Fact]
    public void A_payment_that_was_held_too_long_fails_without_a_channel()
    {
        var waiting = _book.Accept(wantsEnd: true);
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);
        _book.Tell(LaneFull);
        _book.Pass(4.75);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        _book.Pass(1.25);
        Assert.Equal(OutcomeClass.NoChannel, _book.Read().Failure!.Class);
        Assert.Equal(2, _book.Answers(waiting).Count);
        var asked = _book.Asked.Count;
        _book.Pass(10);
        Assert.Equal(asked, _book.Asked.Count);
    }

    [Fact]
    public void A_channel_that_had_the_order_is_not_asked_for_again_and_one_that_turned_it_away_only_in_the_next_round()
    {
        var tried = new List<ChannelId[]>();
        _book.Router = request =>
        {
            tried.Add([.. request.Tried]);
            return BookHarness.FirstUntried(request);
        };
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Tell(LaneFull, 2, channel: Bravo);
        _book.Tell(Maintenance, 3, channel: Charlie);
        Assert.Equal([[], [Alpha], [Alpha, Bravo], [Alpha, Bravo, Charlie]], tried);
        _book.Pass(0.25);
        Assert.Equal([Alpha, Charlie], tried[^1]);
    }

    [Fact]
    public void A_silent_router_after_a_failure_holds_the_payment()
    {
        _book.Accept();
        _book.Router = _ => null;
        _book.Tell(Maintenance);
        Assert.Empty(_book.Taken);
        _book.Pass(5);
        Assert.Single(_book.Taken);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
    }

    [Fact]
    public void Success_that_comes_while_the_next_channel_is_chosen_suspends_and_sends_nothing()
    {
        _book.Accept();
        _book.Router = _ => null;
        _book.Tell(Maintenance);
        _book.Tell(Success, source: ReportSource.Query);
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        Assert.Equal(PaymentState.Suspended, _book.Read().State);
        Assert.Single(_book.Submits);
        Assert.Equal(0, _book.Counted[Bravo]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Word_of_the_order_that_comes_while_the_next_channel_is_chosen_beats_not_found(bool moved)
    {
        _book.Accept();
        _book.Tell(Unknown);
        UntilNotFoundIsFinal();
        _book.Tell(moved ? Success : Processing);
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Bravo, RouteReasons.None));
        Assert.Equal(moved ? PaymentState.Succeeded : PaymentState.Processing, _book.Read().State);
        Assert.Single(_book.Read().Attempts);
        Assert.Empty(_book.Read().Cases);
        Assert.Equal(0, _book.Counted[Bravo]);
        var asked = _book.Queries.Count;
        _book.Pass(20);
        Assert.Equal(!moved, _book.Queries.Count > asked);
    }

    [Fact]
    public void Unknown_figures_count_what_was_sent_and_has_no_end()
    {
        _book.Accept("A-1", amount: 100);
        _book.Accept("A-2", amount: 30);
        _book.Accept("A-3", amount: 5);
        Assert.Empty(_book.Book.Unknown(_book.Now.Utc));
        _book.Tell(Unknown, orderNo: "A-1");
        _book.Tell(Processing, orderNo: "A-2");
        _book.Tell(NoFunds, orderNo: "A-3");
        _book.Leap(7);
        Assert.Equal(
            new UnknownAttempts(Alpha, 2, 130, BookHarness.Seconds(7)), Assert.Single(_book.Book.Unknown(_book.Now.Utc)));
    }

    [Fact]
    public void An_attempt_that_had_to_be_asked_about_is_unknown()
    {
        _book.Accept();
        _book.Crash();
        _book.Pass(2);
        Assert.Equal(1, Assert.Single(_book.Book.Unknown(_book.Now.Utc)).Count);
    }

    [Fact]
    public void Unknown_figures_after_a_restart_count_what_waits_for_a_confirmation()
    {
        _book.Accept(product: Product.Payout);
        _book.Notice(Success);
        _book.Crash();
        _book.Pass(2);
        Assert.Equal(1, Assert.Single(_book.Book.Unknown(_book.Now.Utc)).Count);
    }

    /// <summary>The router is silent from now on.</summary>
    private void UntilNotFoundIsFinal()
    {
        _book.Router = _ => null;
        var asked = 0;
        while (_book.Asked.Count == 1)
        {
            _book.Pass(0.25);
            if (_book.Queries.Count > asked)
            {
                asked = _book.Queries.Count;
                _book.AnswerQuery(NotFound);
            }
        }
    }
}
