using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Cases;

/// <summary>Null fields do not narrow the list.</summary>
public sealed record CaseFilter(
    ChannelId? Channel, MerchantId? Merchant, CaseReason? Reason, TimeSpan? OlderThan, Product? Product, long? MaxAmount)
{
    public bool IsEmpty => this == new CaseFilter(null, null, null, null, null, null);

    public bool Takes(Payment payment, DateTimeOffset now) => payment.NeedsDecision
        && (Channel is null || payment.Channel == Channel)
        && (Merchant is null || payment.Content.Merchant == Merchant)
        && (Reason is null || payment.OpenCases.Any(known => known.Reason == Reason))
        && (OlderThan is null || payment.CreatedAt <= now - OlderThan)
        && (Product is null || payment.Content.Product == Product)
        && (MaxAmount is null || payment.Content.Amount.Minor <= MaxAmount);
}

/// <summary>
/// Payments that people decide as a whole, for the day a channel was down for hours. Frozen when proposed; after approval
/// every payment is decided by the rules for a single one.
/// </summary>
/// <param name="Digest">Covers the proposal and every payment of the list as it was.</param>
public sealed record BulkProposal(
    string Id, CaseFilter Filter, ProposedOutcome Outcome, string Reason, string Evidence, Person By, DateTimeOffset At,
    DateTimeOffset ExpiresAt, int Count, Money Total, string Digest, ProposalState State, Settlement? Settled);

public sealed record BulkItem(
    string Bulk, int No, PaymentId Payment, long Amount, string Content, BulkItemState State, PaymentRefusal? Refusal);

/// <summary>The numbers are stored: never re-used.</summary>
public enum BulkItemState
{
    Waiting = 1,
    Decided = 2,
    Refused = 3,
}
