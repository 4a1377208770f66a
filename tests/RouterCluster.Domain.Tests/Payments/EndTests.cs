using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Cases;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

/// <summary>Holding, giving up, late truth and contradiction.</summary>
public sealed class EndTests
{
    [Fact]
    public void A_held_payment_is_accepted_and_starts_when_a_channel_comes_free()
    {
        var held = After(Accept(), Told(LaneFull, hold: true));
        Assert.Equal(PaymentState.Accepted, held.State);
        Assert.Equal(2, Fold(held, held.Decide(new StartAttempt(Start, At(Bravo))).Events)!.OpenAttempt!.No);
    }

    [Fact]
    public void A_held_payment_that_is_given_up_fails_without_a_channel()
    {
        var payment = After(Accept(), Told(LaneFull, hold: true), new EndWithoutChannel(Start + TimeSpan.FromSeconds(6)));
        Assert.Equal(new PaymentFailure(OutcomeClass.NoChannel, "lane_full", null, null), payment.Failure);
    }

    [Fact]
    public void Time_that_ends_before_anything_was_sent_closes_the_payment()
    {
        var held = After(Accept(), Told(LaneFull, hold: true));
        Assert.Equal(PaymentState.Closed, Fold(held, held.Decide(new EndWithoutChannel(Start + Patience)).Events)!.State);
        Assert.Equal(PaymentState.Closed, After(Accept(), Told(LaneFull, after: Patience.TotalSeconds)).State);
    }

    [Fact]
    public void Time_that_ends_after_something_was_sent_fails_the_payment()
    {
        var held = After(Accept(), Told(Maintenance, hold: true));
        Assert.Equal(PaymentState.Failed, Fold(held, held.Decide(new EndWithoutChannel(Start + Patience)).Events)!.State);
        var rerouted = After(Accept(), Told(Maintenance, 1, Bravo), Told(LaneFull, 2, after: Patience.TotalSeconds));
        Assert.Equal(PaymentState.Failed, rerouted.State);
    }

    [Fact]
    public void An_order_that_we_could_not_even_write_fails_as_our_own_fault()
    {
        var payment = After(Accept(), Told(Outcome.NotSent(OutcomeClass.OurRequest, "account_unreadable"), next: Bravo));
        Assert.Equal((OutcomeClass.OurRequest, "account_unreadable"), (payment.Failure!.Class, payment.Failure.Code));
    }

    [Fact]
    public void A_late_success_after_failed_opens_a_case_once_and_changes_nothing()
    {
        var failed = After(Accept(), Told(NoFunds));
        var told = Fold(failed, failed.Decide(Told(Success, after: 60)).Events)!;
        Assert.Equal((PaymentState.Failed, failed.Failure), (told.State, told.Failure));
        Assert.Equal(AttemptState.Failed, told.Attempts[0].State);
        Assert.Equal(CaseReason.LateSuccess, Assert.Single(told.Cases).Reason);
        Assert.Empty(told.Decide(Told(Success, after: 61)).Events);
    }

    [Fact]
    public void A_late_failure_after_succeeded_opens_a_case_and_changes_nothing()
    {
        var done = After(Accept(), Told(Success));
        var told = Fold(done, done.Decide(Told(NoFunds, after: 60)).Events)!;
        Assert.Equal((PaymentState.Succeeded, CaseReason.LateFailure), (told.State, Assert.Single(told.Cases).Reason));
    }

    [Theory]
    [InlineData(Landing.Maybe)]
    [InlineData(Landing.NotLanded)]
    public void Not_found_after_success_is_no_failure(Landing landing) => Assert.Empty(
        After(Accept(), Told(Success)).Decide(Told(NotFound with { Landing = landing }, final: true, after: 60)).Events);

    [Fact]
    public void A_contradiction_before_the_end_suspends_and_starts_nothing_more()
    {
        var payment = After(Accept(), Told(Maintenance, hold: true), Told(Success, after: 2));
        Assert.Equal((PaymentState.Suspended, 1), (payment.State, payment.Attempts.Length));
        Assert.Equal(PaymentRefusal.PaymentEnded, payment.Decide(new StartAttempt(Start, At(Bravo))).Refusal);
        Assert.Empty(payment.Decide(new EndWithoutChannel(Start + Patience)).Events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_contested_payment_notes_the_end_of_its_open_attempt_and_stays_with_people(bool moved)
    {
        var contested = After(Accept(), Told(Maintenance, next: Bravo), Told(Success, no: 1, after: 2));
        var payment = Fold(contested, contested.Decide(Told(moved ? Success : NoFunds, no: 2, after: 3)).Events)!;
        Assert.Equal((PaymentState.Suspended, (Attempt?)null), (payment.State, payment.OpenAttempt));
    }

    [Fact]
    public void The_same_number_with_other_content_is_refused()
    {
        var other = Accept() with { Content = Content(amount: 101) };
        Assert.Equal(PaymentRefusal.OtherContent, After(Accept()).Decide(other).Refusal);
    }

    [Fact]
    public void What_speaks_of_an_earlier_attempts_age_changes_nothing()
    {
        var second = After(Accept(), Told(Maintenance, next: Bravo));
        Assert.Empty(second.Decide(new SuspendUnknown(Start.AddDays(1), 1)).Events);
        Assert.Empty(second.Decide(new CountUnknown(Start.AddDays(1), 1, TimeSpan.FromDays(1))).Events);
        Assert.Equal(CaseReason.UnknownTooLong, Assert.Single(second.Then(new SuspendUnknown(Start.AddDays(1), 2)).Cases).Reason);
    }

    [Fact]
    public void An_event_that_does_not_fit_is_a_bug()
    {
        var open = After(Accept());
        Assert.Throws<InvalidOperationException>(() => Fold(null, [new PaymentSucceeded(Start)]));
        Assert.Throws<InvalidOperationException>(() => Fold(open, [new PaymentAccepted(Start, Content(), Start)]));
        var second = new AttemptStarted(Start, 2, Bravo, Start, At(Bravo).Reasons);
        Assert.Throws<InvalidOperationException>(() => Fold(open, [second]));
        Assert.Throws<InvalidOperationException>(() => Fold(open, [new AttemptEnded(Start, 2, Success)]));
    }
}
