using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>Two people and a payout that its channel does not know.</summary>
internal static class DecisionFixtures
{
    public static readonly Person Oscar = new("oscar", "t-oscar");
    public static readonly Person Anna = new("anna", "t-anna");
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Long after the last byte of the order could have left.</summary>
    public const double Later = 3600;

    public static Payment Unfound() => After(Accept(Product.Payout), Told(NotFound, final: true));

    public static ProposeDecision Propose(
        ProposedOutcome outcome, Person? by = null, double after = Later, string reason = "the bank has written",
        string evidence = "letter 17") =>
        new(Start + TimeSpan.FromSeconds(after), by ?? Oscar, outcome, reason, evidence, Day);

    public static ApproveDecision Approve(Payment payment, int no = 1, Person? by = null, double after = Later + 60) => new(
        Start + TimeSpan.FromSeconds(after), no, by ?? Anna,
        payment.Proposals.FirstOrDefault(proposal => proposal.No == no)?.Digest ?? "");

    public static RejectDecision Reject(int no = 1, Person? by = null, double after = Later + 60) =>
        new(Start + TimeSpan.FromSeconds(after), no, by ?? Anna, "the letter is of another order");

    public static Payment Then(this Payment payment, PaymentCommand command)
    {
        var decision = payment.Decide(command);
        Assert.Null(decision.Refusal);
        return Fold(payment, decision.Events)!;
    }

    /// <summary>Proposed by one and approved by another.</summary>
    public static Payment Decided(this Payment payment, ProposedOutcome outcome, double after = Later)
    {
        var proposed = payment.Then(Propose(outcome, after: after));
        return proposed.Then(Approve(proposed, proposed.Proposals.Length, after: after + 60));
    }
}
