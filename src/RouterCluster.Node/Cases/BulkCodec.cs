using Google.Protobuf;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Cases;

public static class BulkCodec
{
    public static byte[] Encode(BulkProposal bulk) => new StoredBulk
    {
        Id = bulk.Id,
        Filter = ToStored(bulk.Filter),
        Outcome = (int)bulk.Outcome,
        Reason = bulk.Reason,
        Evidence = bulk.Evidence,
        By = DecisionCodec.ToStored(bulk.By),
        At = bulk.At.ToStored(),
        ExpiresAt = bulk.ExpiresAt.ToStored(),
        Count = bulk.Count,
        Amount = bulk.Total.Minor,
        Currency = bulk.Total.Currency.Value,
        Digest = bulk.Digest,
        State = (int)bulk.State,
        Settled = bulk.Settled is { } settled ? DecisionCodec.ToStored(settled) : null,
    }.ToByteArray();

    public static BulkProposal Decode(ReadOnlyMemory<byte> bytes)
    {
        var stored = StoredBulk.Parser.ParseFrom(bytes.Span);
        return new BulkProposal(
            stored.Id, ToFilter(stored.Filter), stored.Outcome.ToKnown<ProposedOutcome>(), stored.Reason, stored.Evidence,
            DecisionCodec.ToPerson(stored.By), stored.At.ToTime(), stored.ExpiresAt.ToTime(), stored.Count,
            new Money(stored.Amount, Currency.Unchecked(stored.Currency)), stored.Digest, stored.State.ToKnown<ProposalState>(),
            stored.Settled is { } settled ? DecisionCodec.ToSettlement(settled) : null);
    }

    private static StoredCaseFilter ToStored(CaseFilter filter)
    {
        var stored = new StoredCaseFilter();
        if (filter.Channel is { } channel)
        {
            stored.Channel = channel.Value;
        }

        if (filter.Merchant is { } merchant)
        {
            stored.Merchant = merchant.Value;
        }

        if (filter.Reason is { } reason)
        {
            stored.Reason = (int)reason;
        }

        if (filter.OlderThan is { } age)
        {
            stored.OlderThanSeconds = (long)age.TotalSeconds;
        }

        if (filter.Product is { } product)
        {
            stored.Product = (int)product;
        }

        if (filter.MaxAmount is { } most)
        {
            stored.MaxAmount = most;
        }

        return stored;
    }

    private static CaseFilter ToFilter(StoredCaseFilter stored) => new(
        stored.HasChannel ? ChannelId.Unchecked(stored.Channel) : null,
        stored.HasMerchant ? MerchantId.Unchecked(stored.Merchant) : null,
        stored.HasReason ? stored.Reason.ToKnown<CaseReason>() : null,
        stored.HasOlderThanSeconds ? TimeSpan.FromSeconds(stored.OlderThanSeconds) : null,
        stored.HasProduct ? stored.Product.ToKnown<Product>() : null,
        stored.HasMaxAmount ? stored.MaxAmount : null);
}
