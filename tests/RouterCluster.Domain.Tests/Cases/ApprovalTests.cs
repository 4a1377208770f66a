using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>Who may settle a proposal, until when, and of what exactly.</summary>
public sealed class ApprovalTests
{
    [Theory]
    [InlineData("oscar", "t-oscar")]
    [InlineData("OSCAR", "t-new")]
    [InlineData("renamed", "t-oscar")]
    public void S10_nobody_settles_an_own_proposal(string name, string token)
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        var same = new Person(name, token);
        Assert.Equal(PaymentRefusal.SamePerson, payment.Decide(Approve(payment, by: same)).Refusal);
        Assert.Equal(PaymentRefusal.SamePerson, payment.Decide(Reject(by: same)).Refusal);
    }

    [Fact]
    public void A_rejected_proposal_is_over_and_another_can_be_made()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Reject());
        Assert.Equal((PaymentState.Suspended, ProposalState.Rejected), (payment.State, payment.Proposals[0].State));
        Assert.Equal("the letter is of another order", payment.Proposals[0].Settled!.Reason);
        Assert.Equal(PaymentRefusal.ProposalSettled, payment.Decide(Approve(payment)).Refusal);
        Assert.Equal(2, payment.Then(Propose(ProposedOutcome.Failed)).Proposals.Length);
    }

    [Fact]
    public void A_proposal_that_was_never_made_cannot_be_settled()
    {
        Assert.Equal(PaymentRefusal.NoSuchProposal, Unfound().Decide(Approve(Unfound())).Refusal);
        Assert.Equal(PaymentRefusal.NoSuchProposal, Unfound().Decide(Reject(no: 2)).Refusal);
    }

    [Fact]
    public void Who_was_shown_another_digest_approves_nothing()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        Assert.Equal(PaymentRefusal.WrongDigest, payment.Decide(Approve(payment) with { Digest = new string('0', 64) }).Refusal);
    }

    [Fact]
    public void What_changed_meanwhile_cannot_be_approved()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Told(Processing, after: Later + 1));
        Assert.Equal(PaymentRefusal.ContentChanged, payment.Decide(Approve(payment)).Refusal);

        var again = payment.Then(Propose(ProposedOutcome.Failed, after: Later + 2));
        Assert.Equal(PaymentState.Failed, again.Then(Approve(again, 2)).State);
    }

    [Fact]
    public void Of_two_proposals_the_approved_one_leaves_nothing_to_approve_of_the_other()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed)).Then(Propose(ProposedOutcome.Succeeded));
        var decided = payment.Then(Approve(payment, 2));
        Assert.Equal(PaymentState.Succeeded, decided.State);
        Assert.Equal(PaymentRefusal.ContentChanged, decided.Decide(Approve(decided)).Refusal);
    }

    [Fact]
    public void A_proposal_expires()
    {
        var payment = Unfound().Then(Propose(ProposedOutcome.Failed));
        var end = Later + Day.TotalSeconds;
        Assert.Equal(PaymentRefusal.ProposalExpired, payment.Decide(Approve(payment, after: end)).Refusal);
        Assert.Empty(payment.Decide(new ExpireDecisions(Start + TimeSpan.FromSeconds(end - 1))).Events);

        var expired = payment.Then(new ExpireDecisions(Start + TimeSpan.FromSeconds(end)));
        Assert.Equal((ProposalState.Expired, PaymentState.Suspended), (expired.Proposals[0].State, expired.State));
        Assert.Equal(PaymentRefusal.ProposalExpired, expired.Decide(Approve(expired)).Refusal);
    }

    [Fact]
    public void Proposals_are_bounded()
    {
        var payment = Unfound();
        for (var no = 1; no <= 10; no++)
        {
            payment = payment.Then(Propose(ProposedOutcome.Failed, evidence: $"letter {no}"));
        }

        var oneMore = Propose(ProposedOutcome.Failed, evidence: "one more");
        Assert.Equal(PaymentRefusal.TooManyProposals, payment.Decide(oneMore).Refusal);
    }

    [Fact]
    public void Every_command_may_be_repeated()
    {
        var proposed = Unfound().Then(Propose(ProposedOutcome.Failed));
        Assert.Empty(proposed.Then(Propose(ProposedOutcome.Failed, after: Later + 1)).Proposals.Skip(1));
        Assert.Empty(proposed.Then(Approve(proposed)).Decide(Approve(proposed)).Events);
        Assert.Empty(proposed.Then(Reject()).Decide(Reject()).Events);
    }

    [Fact]
    public void A_digest_says_everything_that_is_decided_upon_and_survives_storage()
    {
        var payment = Unfound();
        var stored = payment with { Cases = [payment.Cases[0] with { OpenedAt = payment.Cases[0].OpenedAt.AddTicks(9) }] };
        Assert.Equal(ContentDigest.Of(payment), ContentDigest.Of(stored));
        Payment[] others =
        [
            payment with { State = PaymentState.Failed },
            payment with { Attempts = [payment.Attempts[0] with { State = AttemptState.Failed }] },
            payment with { Attempts = [payment.Attempts[0] with { Outcome = Processing }] },
            payment with { Attempts = [payment.Attempts[0] with { OrderNo = "other" }] },
            payment with { Cases = [] },
            payment with { Cases = [payment.Cases[0] with { Evidence = "other" }] },
        ];
        Assert.Distinct(others.Append(payment).Select(ContentDigest.Of));
        Assert.NotEqual(ContentDigest.Of(["ab", "c"]), ContentDigest.Of(["a", "bc"]));
    }
}
