using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>A stop ends no payment and calls nothing sent that was not.</summary>
public sealed class StopTests
{
    private static readonly Outcome Stopping = Outcome.NotSent(OutcomeClass.ChannelUnreachable, "stopping");

    private readonly BookHarness _book = new();

    [Fact]
    public void What_a_stopping_lane_gives_back_waits_and_is_sent_after_the_start()
    {
        _book.Accept();
        FallQuiet();
        _book.Tell(Stopping);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        _book.Pass(60);
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        Assert.Equal((1, 1), (_book.Submits.Count, _book.Taken.Count));

        _book.Crash();
        _book.Pass(1);
        Assert.Equal([1, 2], _book.Submits.Select(submit => submit.AttemptNo));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Channels_that_come_some_seconds_after_the_books_are_waited_for(int hold)
    {
        var book = new BookHarness(BookHarness.Usual with { Hold = BookHarness.Seconds(hold) });
        book.Accept();
        book.Do(one => one.FallQuiet(book.Now));
        book.Tell(Stopping);
        book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);
        book.Crash();
        book.Pass(20);
        Assert.Equal(PaymentState.Accepted, book.Read().State);
        book.Router = BookHarness.FirstUntried;
        book.Pass(2);
        Assert.Equal(2, book.Submits.Count);
    }

    [Fact]
    public void An_order_that_has_not_left_the_book_never_does_and_its_payment_waits()
    {
        _book.CommitsAtOnce = false;
        _book.Accept();
        FallQuiet();
        _book.CommitAll();
        Assert.Empty(_book.Submits);
        _book.CommitsAtOnce = true;
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        Assert.Equal(Landing.NotSent, Assert.Single(_book.Read().Attempts).Outcome.Landing);
        Assert.Equal(0, _book.Counted[Alpha]);
    }

    [Fact]
    public void Whose_channel_is_being_chosen_is_asked_to_come_again_and_a_late_choice_is_given_back()
    {
        _book.Router = _ => null;
        var chosen = _book.Accept();
        FallQuiet();
        Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(chosen));
        Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(_book.Accept("A-2")));
        _book.Route(_book.Asked[0].RouteId, new RouteDecision.Chosen(Alpha, RouteReasons.None));
        Assert.Empty(_book.Journal);
        Assert.Single(_book.Asked);
        Assert.Equal(0, _book.Counted[Alpha]);
    }

    [Fact]
    public void What_waits_for_the_write_in_flight_is_not_stored()
    {
        _book.CommitsAtOnce = false;
        _book.Accept("A-1");
        var waits = _book.Accept("A-2");
        FallQuiet();
        _book.CommitAll();
        Assert.IsType<BookAnswer.StillAccepting>(_book.Answer(waits));
        Assert.Empty(_book.Submits);
        Assert.Equal(0, _book.Counted[Alpha]);
    }

    [Fact]
    public void A_refusal_of_a_channel_is_stored_and_the_next_one_is_chosen_after_the_start()
    {
        _book.Accept();
        _book.Router = _ => null;
        _book.Tell(Maintenance);
        FallQuiet();
        Assert.Equal(PaymentState.Accepted, _book.Read().State);
        Assert.Single(_book.Taken);
        _book.Crash();
        _book.Router = BookHarness.FirstUntried;
        _book.Pass(1);
        Assert.Equal([Alpha, Bravo], _book.Submits.Select(submit => submit.Channel));
    }

    [Fact]
    public void A_running_calls_end_is_stored()
    {
        _book.Accept("A-1");
        _book.Accept("A-2");
        FallQuiet();
        _book.Tell(Success, orderNo: "A-1");
        _book.Tell(Unknown, orderNo: "A-2");
        Assert.Equal(PaymentState.Succeeded, _book.Read("A-1").State);
        Assert.Equal(PaymentState.Processing, _book.Read("A-2").State);
        Assert.Equal(2, _book.Taken.Count);
    }

    private void FallQuiet() => _book.Do(book => book.FallQuiet(_book.Now));
}
