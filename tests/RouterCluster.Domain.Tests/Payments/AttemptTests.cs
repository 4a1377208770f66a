using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Outcomes;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

/// <summary>What an attempt's outcome does to its payment, and when another channel is tried.</summary>
public sealed class AttemptTests
{
    [Fact]
    public void A_payment_is_accepted_together_with_its_first_attempt()
    {
        var payment = After(Accept());
        Assert.Equal(PaymentState.Processing, payment.State);
        var attempt = Assert.Single(payment.Attempts);
        Assert.Equal((1, Alpha, payment.Id.AttemptOrderNo(1)), (attempt.No, attempt.Channel, attempt.OrderNo));
    }

    [Theory]
    [MemberData(nameof(OutcomeLawTests.All), MemberType = typeof(OutcomeLawTests))]
    public void Every_outcome_ends_goes_on_or_stays_open_as_the_law_says(OutcomeClass @class, Landing landing)
    {
        var outcome = new Outcome(@class, landing, "c");
        var payment = Fold(After(Accept()), After(Accept()).Decide(Told(outcome, next: Bravo)).Events)!;
        var expected = outcome.IsSuccess() ? (PaymentState.Succeeded, 1)
            : @class == OutcomeClass.NotFound ? (PaymentState.Processing, 1)
            : outcome.MayTryAnotherChannel() ? (PaymentState.Processing, 2)
            : outcome.IsDefiniteFailure() ? (PaymentState.Failed, 1)
            : (PaymentState.Processing, 1);
        Assert.Equal(expected, (payment.State, payment.Attempts.Length));
    }

    [Fact]
    public void An_unknown_is_kept_and_ends_nothing_however_late()
    {
        var payment = After(Accept(), Told(Unknown), Told(Unknown with { Code = "reset" }, after: 1e6));
        Assert.Equal((PaymentState.Processing, "reset"), (payment.State, payment.OpenAttempt!.Outcome.Code));
        Assert.Equal(PaymentRefusal.AttemptStillOpen, payment.Decide(new EndWithoutChannel(Start + Patience)).Refusal);
        Assert.Equal(PaymentRefusal.AttemptStillOpen, payment.Decide(new StartAttempt(Start, At(Bravo))).Refusal);
    }

    [Fact]
    public void A_duplicate_number_is_unknown()
    {
        var payment = After(Accept(), Told(new Outcome(OutcomeClass.DuplicateNo, Landing.Maybe, "12"), next: Bravo));
        Assert.NotNull(payment.OpenAttempt);
    }

    [Fact]
    public void The_customers_failure_is_the_payments_failure()
    {
        var payment = After(Accept(), Told(NoFunds, next: Bravo));
        Assert.Equal(new PaymentFailure(OutcomeClass.CustomerFunds, "51", Alpha, "no funds"), payment.Failure);
        Assert.True(payment.IsFinal);
    }

    [Fact]
    public void The_end_of_one_attempt_and_the_start_of_the_next_are_one_decision()
    {
        var events = After(Accept()).Decide(Told(Maintenance, next: Bravo)).Events;
        Assert.Collection(events, e => Assert.IsType<AttemptEnded>(e), e => Assert.Equal(2, Assert.IsType<AttemptStarted>(e).No));
    }

    [Fact]
    public void Without_a_next_channel_the_payment_fails_with_the_last_ones_reason()
    {
        var payment = After(Accept(), Told(Maintenance));
        Assert.Equal((OutcomeClass.ChannelMaintenance, (ChannelId?)Alpha), (payment.Failure!.Class, payment.Failure.Channel));
    }

    [Fact]
    public void After_as_many_attempts_as_allowed_the_payment_fails()
    {
        var payment = After(Accept(), Told(Maintenance, 1, Bravo), Told(Maintenance, 2, Charlie), Told(Maintenance, 3, Alpha));
        Assert.Equal((PaymentState.Failed, 3), (payment.State, payment.Attempts.Length));
    }

    [Fact]
    public void An_attempt_that_was_never_sent_does_not_count()
    {
        var payment = After(
            Accept(), Told(LaneFull, 1, Bravo), Told(LaneFull, 2, Charlie), Told(LaneFull, 3, Alpha),
            Told(Maintenance, 4, Bravo));
        Assert.Equal(5, payment.OpenAttempt!.No);
    }

    [Fact]
    public void No_new_attempt_starts_once_the_payment_has_expired()
    {
        var late = Patience.TotalSeconds;
        Assert.Equal(PaymentState.Failed, After(Accept(), Told(Maintenance, next: Bravo, after: late)).State);
        Assert.Equal(PaymentState.Processing, After(Accept(), Told(Maintenance, next: Bravo, after: late - 0.001)).State);
        var held = After(Accept(), Told(LaneFull, hold: true));
        Assert.Equal(PaymentRefusal.Expired, held.Decide(new StartAttempt(Start + Patience, At(Bravo))).Refusal);
    }

    [Fact]
    public void Not_found_says_nothing_until_it_is_final() =>
        Assert.Empty(After(Accept()).Decide(Told(NotFound, next: Bravo)).Events);

    [Fact]
    public void A_withhold_that_is_finally_not_found_goes_on()
    {
        var payment = After(Accept(), Told(Unknown), Told(NotFound, next: Bravo, final: true));
        Assert.Equal((2, Landing.NotLanded), (payment.OpenAttempt!.No, payment.Attempts[0].Outcome.Landing));
    }

    [Fact]
    public void A_payout_that_is_finally_not_found_is_for_people()
    {
        var payment = After(Accept(Product.Payout), Told(NotFound, next: Bravo, final: true));
        Assert.Equal((PaymentState.Suspended, 1), (payment.State, payment.OpenAttempt!.No));
        Assert.Equal(CaseReason.PayoutNotFound, Assert.Single(payment.Cases).Reason);
        Assert.Empty(payment.Decide(Told(NotFound, final: true, after: 99)).Events);
    }

    [Fact]
    public void Not_found_against_the_channels_own_word_that_it_holds_the_order_is_for_people()
    {
        var payment = After(Accept(), Told(Processing), Told(Unknown), Told(NotFound, next: Bravo, final: true));
        Assert.Equal((PaymentState.Suspended, 1), (payment.State, payment.OpenAttempt!.No));
        Assert.Equal(CaseReason.LandedNotFound, Assert.Single(payment.Cases).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_suspended_payout_still_takes_the_truth(bool moved)
    {
        var suspended = After(Accept(Product.Payout), Told(NotFound, final: true));
        var payment = Fold(suspended, suspended.Decide(Told(moved ? Success : NoFunds, after: 9)).Events)!;
        Assert.Equal(moved ? PaymentState.Succeeded : PaymentState.Failed, payment.State);
    }

    [Fact]
    public void An_attempt_that_never_was_is_refused()
    {
        Assert.Equal(PaymentRefusal.NoSuchAttempt, After(Accept()).Decide(Told(Success, no: 2)).Refusal);
        Assert.Equal(PaymentRefusal.NoSuchPayment, PaymentLaw.Decide(Rules, null, Told(Success)).Refusal);
    }
}
