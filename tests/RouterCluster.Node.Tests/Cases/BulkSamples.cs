using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Cases;

/// <summary>A list with every field set.</summary>
internal static class BulkSamples
{
    public static readonly BulkProposal Proposal = new(
        "bulk_7",
        new CaseFilter(
            PaymentSamples.Alpha, new MerchantId("demo"), CaseReason.LateSuccess, TimeSpan.FromHours(2), Product.Withhold, 50000),
        ProposedOutcome.Failed, "alpha was down", "statement of 14 March", PaymentSamples.Oscar, PaymentSamples.At,
        PaymentSamples.At.AddHours(24), 3, new Money(36000, new Currency("CNY")), "d1e2", ProposalState.Pending, null);

    public static BulkProposal Settled(ProposalState state) =>
        Proposal with { State = state, Settled = new Settlement(PaymentSamples.At.AddHours(1), PaymentSamples.Anna, null) };

    public static IReadOnlyList<BulkItem> Items(int count) => [.. Enumerable.Range(1, count).Select(no => new BulkItem(
        Proposal.Id, no, PaymentSamples.IdOf($"A-{no}"), 12000, $"content-{no}", BulkItemState.Waiting, null))];
}
