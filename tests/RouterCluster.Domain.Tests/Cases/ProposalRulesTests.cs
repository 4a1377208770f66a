using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>Each condition under which a proposal is the same one, is settled once, and touches what it is about alone.</summary>
public sealed class ProposalRulesTests
{
    private static readonly Person Berta = new("berta", "t-berta");

    public static TheoryData<ProposeDecision> Others =>
    [
        Propose(ProposedOutcome.Succeeded),
        Propose(ProposedOutcome.Failed, by: Berta),
        Propose(ProposedOutcome.Failed, reason: "other"),
        Propose(ProposedOutcome.Failed, evidence: "other"),
        Propose(ProposedOutcome.Failed, after: Later + Day.TotalSeconds),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_proposal_is_no_repetition(ProposeDecision other)
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        Assert.Equal([1, 2], payment.Then(other).Proposals.Select(proposal => proposal.No));
    }

    [Fact]
    public void A_proposal_of_a_payment_that_has_changed_or_that_was_rejected_is_no_repetition()
    {
        var changed = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Told(Processing, after: Later + 1));
        Assert.Equal(2, changed.Then(Propose(ProposedOutcome.Failed)).Proposals.Length);
        var rejected = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Reject());
        Assert.Equal(2, rejected.Then(Propose(ProposedOutcome.Failed)).Proposals.Length);
    }

    [Fact]
    public void A_settled_proposal_is_settled_for_everybody_but_who_did_it()
    {
        var approved = Unfound().Decided(ProposedOutcome.Failed);
        Assert.Equal(approved.Describe(), approved.Then(Approve(approved)).Describe());
        Assert.Equal(PaymentRefusal.ProposalSettled, approved.Decide(Approve(approved, by: Berta)).Refusal);
        Assert.Equal(PaymentRefusal.ProposalSettled, approved.Decide(Approve(approved) with { Digest = "other" }).Refusal);
        Assert.Equal(PaymentRefusal.ProposalSettled, approved.Decide(Reject()).Refusal);

        var rejected = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Reject());
        Assert.Equal(rejected.Describe(), rejected.Then(Reject()).Describe());
        Assert.Equal(PaymentRefusal.ProposalSettled, rejected.Decide(Reject(by: Berta)).Refusal);
        Assert.Equal(PaymentRefusal.ProposalSettled, rejected.Decide(Approve(rejected)).Refusal);
    }

    [Fact]
    public void Whoever_names_no_digest_approves_what_has_the_number()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        Assert.Equal(PaymentState.Failed, payment.Then(Approve(payment) with { Digest = null }).State);
    }

    [Fact]
    public void A_rejection_without_a_reason_keeps_none()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        Assert.Equal("", Assert.IsType<DecisionRejected>(payment.Decide(Reject() with { Reason = null }).Events[0]).Reason);
        payment = payment.Then(Reject() with { Reason = null });
        Assert.Equal(new Settlement(Start.AddSeconds(Later + 60), Anna, null), payment.Proposals[0].Settled);
    }

    [Fact]
    public void Only_what_waits_expires()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Propose(ProposedOutcome.Succeeded));
        var rejected = payment.Then(Reject());
        var ended = rejected.Decide(new ExpireDecisions(Start.AddSeconds(Later) + Day));
        Assert.Equal(new DecisionExpired(Start.AddSeconds(Later) + Day, 2), Assert.Single(ended.Events));
        var expired = rejected.Then(new ExpireDecisions(Start.AddSeconds(Later) + Day));
        Assert.Equal(new Settlement(Start.AddSeconds(Later) + Day, null, null), expired.Proposals[1].Settled);
    }

    [Fact]
    public void A_payment_has_at_most_99_proposals()
    {
        var payment = Unfound();
        for (var no = 1; no <= 99; no++)
        {
            payment = payment.Then(Propose(ProposedOutcome.Failed, evidence: $"letter {no}")).Then(Reject(no));
        }

        Assert.Equal(PaymentRefusal.TooManyProposals, payment.Decide(Propose(ProposedOutcome.Failed)).Refusal);
    }

    [Fact]
    public void Success_is_proposed_of_what_was_sent_alone()
    {
        var unsent = After(Accept() with { DuplicateOf = "A-0" });
        Assert.Equal(PaymentRefusal.NothingWasSent, unsent.Decide(Propose(ProposedOutcome.Succeeded)).Refusal);
        Assert.Equal(PaymentRefusal.NothingToAsk, unsent.Decide(Propose(ProposedOutcome.KeepAsking)).Refusal);
        Assert.Equal(PaymentState.Failed, unsent.Decided(ProposedOutcome.Failed).State);
    }

    [Fact]
    public void A_decision_ends_the_attempt_that_it_is_about_and_keeps_when_it_had_ended()
    {
        var late = After(Accept(), Told(Maintenance, next: Bravo), Told(NoFunds, 2, after: 3), Told(Success, 1, after: 60));
        var decided = late.Decided(ProposedOutcome.Succeeded);
        Assert.Equal(1, decided.Proposals[0].AttemptNo);
        Assert.Equal(
            [(AttemptState.Succeeded, 1), (AttemptState.Failed, (int?)null)],
            decided.Attempts.Select(attempt => (attempt.State, attempt.DecidedBy)));
        Assert.Equal([Start.AddSeconds(1), Start.AddSeconds(3)], decided.Attempts.Select(attempt => attempt.EndedAt!.Value));
    }

    [Fact]
    public void A_decision_ends_an_open_attempt_when_it_is_approved_and_its_claim_with_it()
    {
        var claimed = After(Accept(Product.Payout), Told(Success, byNotice: true), Told(NotFound, final: true, after: 60));
        Assert.NotNull(claimed.OpenAttempt!.Claim);
        var attempt = Assert.Single(claimed.Decided(ProposedOutcome.Failed).Attempts);
        Assert.Equal(
            (AttemptState.Failed, Start.AddSeconds(Later + 60), 1, null),
            (attempt.State, attempt.EndedAt, attempt.DecidedBy, attempt.Claim));
    }

    [Fact]
    public void A_case_that_was_decided_keeps_its_first_decision()
    {
        var asked = Unfound().Decided(ProposedOutcome.KeepAsking);
        var again = asked.Then(Told(NotFound, final: true, after: Later + 99)).Decided(ProposedOutcome.Failed, Later + 200);
        Assert.Equal([1, 2], again.Cases.Select(known => known.DecidedBy));
    }

    [Fact]
    public void What_is_sent_back_to_be_asked_about_is_young_again()
    {
        var old = Unfound().Then(new CountUnknown(Start.AddSeconds(90), 1, TimeSpan.FromSeconds(80.5)));
        Assert.Equal(TimeSpan.FromSeconds(80), old.OpenAttempt!.UnknownFor);
        Assert.Equal(TimeSpan.Zero, old.Decided(ProposedOutcome.KeepAsking).OpenAttempt!.UnknownFor);
    }

    [Fact]
    public void What_is_released_has_its_whole_time_before_it()
    {
        var unsent = After(Accept() with { DuplicateOf = "A-0" });
        var released = unsent.Decided(ProposedOutcome.Release);
        Assert.Equal(
            (PaymentState.Accepted, Start.AddSeconds(Later + 60) + Patience), (released.State, released.ExpiresAt));
        Assert.Equal(1, released.Then(new StartAttempt(Start.AddSeconds(Later + 61), At(Alpha))).OpenAttempt!.No);
    }

    [Fact]
    public void A_proposed_success_is_about_the_attempt_that_is_known_to_be_paid()
    {
        var both = After(
            Accept(), Told(Maintenance, next: Bravo), Told(Success, 2, after: 3), Told(Success, 1, after: 60));
        Assert.Equal(CaseReason.LateSuccess, Assert.Single(both.OpenCases).Reason);
        Assert.Equal(2, both.Then(Propose(ProposedOutcome.Succeeded)).Proposals[0].AttemptNo);
        Assert.Equal(0, both.Then(Propose(ProposedOutcome.Failed)).Proposals[0].AttemptNo);
    }

    [Fact]
    public void A_success_that_is_confirmed_is_no_second_success()
    {
        var proposed = After(Accept(), Told(Success), Told(NoFunds, after: 60)).Then(Propose(ProposedOutcome.Succeeded));
        Assert.IsType<DecisionApproved>(Assert.Single(proposed.Decide(Approve(proposed)).Events));
    }

    [Fact]
    public void The_end_of_a_proposal_that_does_not_wait_is_a_bug()
    {
        var rejected = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Reject());
        Assert.All(
            [-1, 0, 1, 2],
            no => Assert.Throws<InvalidOperationException>(() => Fold(rejected, [new DecisionRejected(Start, no, Anna, "")])));
    }
}
