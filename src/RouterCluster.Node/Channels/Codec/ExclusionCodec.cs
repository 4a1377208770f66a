using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Codec.Stored;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Codec;

internal static class ExclusionCodec
{
    public static StoredChannelExclusion ToStored(ChannelExclusion exclusion)
    {
        var stored = new StoredChannelExclusion
        {
            No = exclusion.No, Scope = ToStored(exclusion.Scope), At = exclusion.At.ToStored(), By = exclusion.By,
            Reason = exclusion.Reason,
        };
        if (exclusion.EndsAt.ToStored() is { } endsAt)
        {
            stored.EndsAt = endsAt;
        }

        return stored;
    }

    public static ChannelExclusion ToExclusion(StoredChannelExclusion stored) => new(
        stored.No, ToScope(stored.Scope.Required()), stored.At.ToTime(), stored.By, stored.Reason)
    {
        EndsAt = stored.HasEndsAt ? stored.EndsAt.ToTime() : null,
    };

    public static StoredExclusionScope ToStored(ExclusionScope scope)
    {
        var stored = new StoredExclusionScope();
        if (scope.Bank is { } bank)
        {
            stored.Bank = bank;
        }

        if (scope.Product is { } product)
        {
            stored.Product = (int)product;
        }

        if (scope.Merchant is { } merchant)
        {
            stored.Merchant = merchant.Value;
        }

        if (scope.From is { } from)
        {
            stored.From = from;
        }

        if (scope.To is { } to)
        {
            stored.To = to;
        }

        return stored;
    }

    public static ExclusionScope ToScope(StoredExclusionScope stored) => new(
        stored.HasBank ? stored.Bank : null,
        stored.HasProduct ? stored.Product.ToKnown<Product>() : null,
        stored.HasMerchant ? MerchantId.Unchecked(stored.Merchant) : null,
        stored.HasFrom ? stored.From : null,
        stored.HasTo ? stored.To : null);
}
