using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>One payment of a list that was decided as a whole.</summary>
public sealed class BulkDecisionTests
{
    [Fact]
    public void A_payment_of_a_decided_list_is_decided_with_both_names()
    {
        var payment = Unfound().Then(Bulk(Unfound()));
        Assert.Equal(PaymentState.Failed, payment.State);
        var proposal = Assert.Single(payment.Proposals);
        Assert.Equal((Oscar, Anna, "bulk_1"), (proposal.By, proposal.Settled!.By, proposal.Bulk));
        Assert.Equal(payment.Describe(), payment.Then(Bulk(Unfound())).Describe());
    }

    [Fact]
    public void Each_payment_of_a_list_is_decided_by_the_rules_of_one()
    {
        var bulk = Bulk(Unfound());
        Assert.Equal(PaymentRefusal.ContentChanged, Unfound().Then(Told(Processing, after: 60)).Decide(bulk).Refusal);
        Assert.Equal(PaymentRefusal.SamePerson, Unfound().Decide(bulk with { Approver = Oscar }).Refusal);
        var ended = Unfound().Then(Told(Success, after: 60));
        Assert.Equal(PaymentRefusal.NothingToDecide, ended.Decide(Bulk(ended)).Refusal);
    }

    private static DecideInBulk Bulk(Payment seen) => new(
        Start + TimeSpan.FromSeconds(Later), "bulk_1", ProposedOutcome.Failed, "alpha was down", "statement of the day",
        Oscar, Anna, ContentDigest.Of(seen));
}
