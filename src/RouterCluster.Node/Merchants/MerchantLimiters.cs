using System.Collections.Frozen;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Merchants;

/// <summary>Every merchant's limits on this node.</summary>
internal sealed class MerchantLimiters(IReadOnlyList<MerchantSettings> merchants, TimeProvider time)
{
    private readonly FrozenDictionary<MerchantId, MerchantLimiter> _limiters = merchants.ToFrozenDictionary(
        merchant => merchant.Id,
        merchant => new MerchantLimiter(
            merchant.Id, merchant.Limits, merchant.Duplicates == DuplicatePolicy.Suspend, time));

    public MerchantLimiter Of(MerchantId merchant) => _limiters[merchant];
}
