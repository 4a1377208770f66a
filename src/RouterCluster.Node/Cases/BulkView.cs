using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Cases;

internal static class BulkView
{
    public static BulkBody ToBody(this BulkProposal bulk, IReadOnlyDictionary<BulkItemState, int> progress) => new(
        bulk.Id,
        new CaseFilterBody(
            bulk.Filter.Channel?.Value,
            bulk.Filter.Merchant?.Value,
            bulk.Filter.Reason?.Name(),
            (long?)bulk.Filter.OlderThan?.TotalSeconds,
            bulk.Filter.Product?.Name(),
            bulk.Filter.MaxAmount),
        bulk.Outcome.Name(),
        bulk.By.Name,
        bulk.Reason,
        bulk.Evidence,
        bulk.At,
        bulk.ExpiresAt,
        bulk.Count,
        bulk.Total.Minor,
        bulk.Total.Currency.Value,
        bulk.Digest,
        bulk.State.Name(),
        bulk.Settled is { } settled ? new SettlementBody(settled.At, settled.By?.Name, settled.Reason) : null,
        new BulkProgressBody(
            progress.GetValueOrDefault(BulkItemState.Waiting),
            progress.GetValueOrDefault(BulkItemState.Decided),
            progress.GetValueOrDefault(BulkItemState.Refused)));

    public static BulkItemBody ToBody(this BulkItem item, string currency) => new(
        item.No, item.Payment.Value, item.Amount, item.State.Name(),
        item.Refusal is { } why ? PaymentRefusals.OfDecision(why).Code : null)
    {
        Currency = currency,
    };
}
