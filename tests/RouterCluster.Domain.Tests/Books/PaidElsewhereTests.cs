using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>
/// A channel has refused, and its success is heard all the same: nothing leaves for the payment any more, whatever was being
/// done with it.
/// </summary>
public sealed class PaidElsewhereTests
{
    private static readonly RouteDecision ToBravo = new RouteDecision.Chosen(Bravo, RouteReasons.None);

    private readonly BookHarness _book = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void S4_a_success_of_any_attempt_that_is_heard_while_the_next_channel_is_chosen(int succeeded)
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Router = _ => null;
        _book.Tell(Maintenance, 2, channel: Bravo);
        _book.Notice(Success, succeeded, channel: succeeded == 1 ? Alpha : Bravo);
        _book.Route(_book.Asked[^1].RouteId, new RouteDecision.Chosen(Charlie, RouteReasons.None));

        Assert.Equal(2, _book.Submits.Count);
        AssertSuspended(attempts: 2, CaseReason.LateSuccess, succeeded);
        Assert.Equal(0, _book.Counted[Charlie]);
    }

    [Fact]
    public void S4_a_success_that_is_heard_while_a_channel_is_chosen_for_a_payment_that_waits()
    {
        HoldAfter(Maintenance);
        _book.Router = _ => null;
        _book.Pass(0.25);
        var fate = _book.Notice(Success);
        _book.Route(_book.Asked[^1].RouteId, ToBravo);

        Assert.Single(_book.Submits);
        AssertSuspended(attempts: 1, CaseReason.LateSuccess, 1);
        Assert.Equal(NoticeFate.Stored, _book.Fate(fate));
        Assert.Equal(0, _book.Counted[Bravo]);
    }

    [Fact]
    public void S4_a_lane_is_told_again_to_send_nothing_until_it_has_answered_or_the_orders_time_is_over()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Notice(Success);
        var order = IdOf().AttemptOrderNo(2);
        Assert.Equal([order], _book.Withdrawn);
        _book.Pass(0.5);
        Assert.Equal([order, order, order], _book.Withdrawn);

        _book.Tell(LaneFull, 2, channel: Bravo);
        _book.Pass(1);
        Assert.Equal(3, _book.Withdrawn.Count);
    }

    [Fact]
    public void S4_a_book_that_opens_elsewhere_goes_on_telling_the_lane_to_send_nothing()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Notice(Success);
        var told = _book.Withdrawn.Count;
        _book.Crash();
        _book.Pass(0.5);
        Assert.Equal(told + 2, _book.Withdrawn.Count);
        Assert.All(_book.Withdrawn, order => Assert.Equal(IdOf().AttemptOrderNo(2), order));

        _book.Tell(LaneFull, 2, channel: Bravo);
        _book.Pass(1);
        Assert.Equal(told + 2, _book.Withdrawn.Count);
    }

    [Fact]
    public void A_success_that_is_heard_twice_withdraws_the_order_no_more_often_than_one_heard_once()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Notice(Success);
        _book.Notice(Success);
        var told = _book.Withdrawn.Count;
        _book.Pass(0.5);
        Assert.Equal(told + 2, _book.Withdrawn.Count);
    }

    [Fact]
    public void An_order_whose_time_is_over_is_not_withdrawn_again()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Notice(Success);
        _book.Pass(30);
        var told = _book.Withdrawn.Count;
        _book.Pass(10);
        Assert.Equal(told, _book.Withdrawn.Count);
    }

    [Fact]
    public void S4_a_success_that_is_heard_while_the_payment_waits()
    {
        HoldAfter(Maintenance);
        _book.Notice(Success);
        _book.Router = BookHarness.FirstUntried;
        _book.Pass(30);
        Assert.Single(_book.Submits);
        AssertSuspended(attempts: 1, CaseReason.LateSuccess, 1);
    }

    [Fact]
    public void S4_a_success_that_is_heard_while_the_next_attempt_is_being_stored()
    {
        _book.Accept();
        _book.CommitsAtOnce = false;
        _book.Tell(Maintenance);
        _book.Notice(Success);
        _book.CommitAll();

        Assert.Single(_book.Submits);
        AssertSuspended(attempts: 2, CaseReason.LateSuccess, 1);
        Assert.Equal(AttemptState.Failed, Read().Attempts[1].State);
        Assert.Equal("withdrawn", Read().Attempts[1].Outcome.Code);
        Assert.Equal(0, _book.Counted[Bravo]);
    }

    [Fact]
    public void S4_a_success_that_is_heard_while_the_next_attempt_is_with_its_lane_takes_it_back()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Notice(Success);
        Assert.Equal([IdOf().AttemptOrderNo(2)], _book.Withdrawn);
        AssertSuspended(attempts: 2, CaseReason.LateSuccess, 1);

        _book.Tell(LaneFull, 2, channel: Bravo);
        _book.Pass(30);
        Assert.Equal(2, _book.Submits.Count);
        Assert.Equal(AttemptState.Failed, Read().Attempts[1].State);
    }

    [Fact]
    public void A_withdrawal_that_outlives_what_was_heard_holds_the_payment_and_fails_nothing()
    {
        _book.Accept();
        _book.Tell(Maintenance);
        _book.Crash();
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);
        _book.Do(book => book.AttemptReported(
            _book.Submits[^1].NeverLeft("withdrawn", "Another attempt has succeeded."), _book.Now));
        Assert.Equal(PaymentState.Accepted, Read().State);
    }

    private void HoldAfter(Domain.Outcomes.Outcome outcome)
    {
        _book.Accept();
        _book.Router = _ => new RouteDecision.NoneNow(BookHarness.Seconds(1), RouteReasons.None);
        _book.Tell(outcome);
        Assert.Equal(PaymentState.Accepted, Read().State);
    }

    private void AssertSuspended(int attempts, CaseReason reason, int no)
    {
        var payment = Read();
        Assert.Equal((PaymentState.Suspended, attempts), (payment.State, payment.Attempts.Length));
        var opened = Assert.Single(payment.OpenCases);
        Assert.Equal((reason, no), (opened.Reason, opened.AttemptNo));
    }

    private Payment Read()
    {
        _book.CommitsAtOnce = true;
        return _book.Read();
    }
}
