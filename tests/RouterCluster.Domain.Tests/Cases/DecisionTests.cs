using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>What two people may decide, and what becomes of the payment.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void A_proposal_alone_changes_nothing()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        Assert.Equal(PaymentState.Suspended, payment.State);
        var proposal = Assert.Single(payment.Proposals);
        Assert.Equal(
            (1, ProposalState.Pending, Oscar, "letter 17"), (proposal.No, proposal.State, proposal.By, proposal.Evidence));
        Assert.Equal(proposal.At + Day, proposal.ExpiresAt);
    }

    [Fact]
    public void Two_people_end_a_suspended_payment_as_succeeded()
    {
        var payment = Unfound().Decided(ProposedOutcome.Succeeded);
        Assert.Equal((PaymentState.Succeeded, AttemptState.Succeeded), (payment.State, payment.Attempts[0].State));
        Assert.Equal((1, 1), (payment.Attempts[0].DecidedBy, payment.Cases[0].DecidedBy));
        Assert.False(payment.NeedsDecision);
    }

    [Fact]
    public void An_approval_is_kept_with_its_reason()
    {
        var proposed = Unfound().Then(Propose(ProposedOutcome.Failed));
        var payment = proposed.Then(Approve(proposed) with { Reason = "line 7 of the statement" });
        Assert.Equal((Anna, "line 7 of the statement"), (payment.Proposals[0].Settled?.By, payment.Proposals[0].Settled?.Reason));
    }

    [Fact]
    public void Two_people_end_a_suspended_payment_as_failed()
    {
        var payment = Unfound().Decided(ProposedOutcome.Failed);
        Assert.Equal((PaymentState.Failed, AttemptState.Failed), (payment.State, payment.Attempts[0].State));
        Assert.Equal(new PaymentFailure(OutcomeClass.Decided, "decided", Alpha, null), payment.Failure);
        Assert.Null(payment.OpenAttempt);
    }

    [Fact]
    public void Two_people_send_a_suspended_payment_back_to_be_asked_about()
    {
        var payment = Unfound().Decided(ProposedOutcome.KeepAsking);
        Assert.Equal((PaymentState.Processing, 1), (payment.State, payment.OpenAttempt!.No));
        Assert.Equal(Start + TimeSpan.FromSeconds(Later + 60), payment.AskedAnewAt);
        Assert.Equal(PaymentState.Suspended, payment.Then(Told(NotFound, final: true, after: Later + 99)).State);
        Assert.Equal(PaymentState.Succeeded, payment.Then(Told(Success, after: Later + 99)).State);
    }

    [Fact]
    public void A_decided_payment_never_sends_again()
    {
        var held = After(Accept(), Told(Processing), Told(NotFound, final: true)).Decided(ProposedOutcome.KeepAsking, after: 10);
        var failed = held.Then(Told(Maintenance, next: Bravo, hold: true, after: 90));
        Assert.Equal((PaymentState.Failed, 1), (failed.State, failed.Attempts.Length));
        Assert.Equal(PaymentRefusal.PaymentEnded, failed.Decide(new StartAttempt(Start, At(Bravo))).Refusal);
    }

    [Fact]
    public void S10_two_people_correct_a_final_state_on_late_truth()
    {
        var late = After(Accept(), Told(NoFunds), Told(Success, after: 60));
        var payment = late.Decided(ProposedOutcome.Succeeded);
        Assert.Equal((PaymentState.Succeeded, null), (payment.State, payment.Failure));
        var attempt = payment.Attempts[0];
        Assert.Equal((AttemptState.Succeeded, NoFunds), (attempt.State, attempt.Outcome with { ChannelOrderNo = null }));
        Assert.Empty(payment.Decide(Told(Success, after: 9999)).Events);

        var gone = After(Accept(), Told(Success), Told(NoFunds, after: 60)).Decided(ProposedOutcome.Failed);
        Assert.Equal((PaymentState.Failed, AttemptState.Failed), (gone.State, gone.Attempts[0].State));
    }

    [Fact]
    public void A_final_state_that_is_confirmed_stays_and_its_cases_are_closed()
    {
        var payment = After(Accept(), Told(NoFunds), Told(Success, after: 60)).Decided(ProposedOutcome.Failed);
        Assert.Equal((PaymentState.Failed, OutcomeClass.CustomerFunds), (payment.State, payment.Failure!.Class));
        Assert.Empty(payment.OpenCases);
    }

    [Theory]
    [InlineData(ProposedOutcome.Failed, CaseReason.LateSuccess)]
    [InlineData(ProposedOutcome.Succeeded, CaseReason.LateFailure)]
    public void S10_late_truth_against_a_decision_opens_a_new_case_and_changes_nothing(
        ProposedOutcome decided, CaseReason expected)
    {
        var payment = Unfound().Decided(decided);
        var truth = decided == ProposedOutcome.Failed ? Success : NoFunds;
        var told = payment.Then(Told(truth, after: 9999));
        Assert.Equal((payment.State, expected), (told.State, Assert.Single(told.OpenCases).Reason));
        Assert.Empty(told.Decide(Told(truth, after: 10000)).Events);
        Assert.Empty(payment.Decide(Told(decided == ProposedOutcome.Failed ? NoFunds : Success, after: 9999)).Events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_attempt_that_people_decided_past_is_still_asked_about(bool paidTwice)
    {
        var both = After(Accept(), Told(Maintenance, next: Bravo), Told(Success, 1, after: 20));
        Assert.Equal(PaymentState.Suspended, both.State);
        var payment = both.Decided(ProposedOutcome.Succeeded);
        Assert.Equal((PaymentState.Succeeded, Alpha, 2), (payment.State, payment.Channel, payment.OpenAttempt!.No));

        var told = payment.Then(Told(paidTwice ? Success : NoFunds, 2, after: 9999));
        Assert.Equal(PaymentState.Succeeded, told.State);
        Assert.Equal(paidTwice ? [CaseReason.SecondSuccess] : [], told.OpenCases.Select(known => known.Reason));
    }

    [Fact]
    public void Evidence_that_ends_a_silence_closes_its_case()
    {
        Assert.True(Unfound().NeedsDecision);
        Assert.False(Unfound().Then(Told(Success, after: 60)).NeedsDecision);
    }

    [Fact]
    public void Only_a_suspended_payment_or_one_with_an_open_case_is_decided()
    {
        Assert.Equal(PaymentRefusal.NothingToDecide, After(Accept()).Decide(Propose(ProposedOutcome.Failed)).Refusal);
        var failed = After(Accept(), Told(NoFunds));
        Assert.Equal(PaymentRefusal.NothingToDecide, failed.Decide(Propose(ProposedOutcome.Failed)).Refusal);
        Assert.Equal(
            PaymentRefusal.NothingToDecide,
            Unfound().Decided(ProposedOutcome.Failed).Decide(Propose(ProposedOutcome.Succeeded, after: 9999)).Refusal);
    }

    [Fact]
    public void Only_an_open_attempt_can_be_asked_about()
    {
        var late = After(Accept(), Told(NoFunds), Told(Success, after: 60));
        Assert.Equal(PaymentRefusal.NothingToAsk, late.Decide(Propose(ProposedOutcome.KeepAsking)).Refusal);
    }

    [Fact]
    public void Nothing_is_decided_while_the_order_may_still_leave()
    {
        var both = After(Accept(), Told(Maintenance, next: Bravo), Told(Success, 1, after: 2));
        Assert.Equal(PaymentRefusal.AttemptStillOpen, both.Decide(Propose(ProposedOutcome.Failed, after: 4.9)).Refusal);
        Assert.Null(both.Decide(Propose(ProposedOutcome.Failed, after: 5)).Refusal);
    }
}
