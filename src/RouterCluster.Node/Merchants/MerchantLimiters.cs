using System.Collections.Concurrent;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// Every merchant's limits on this node. A merchant keeps its counts while its limits stay; with new ones it begins anew, so
/// that for a moment requests under the old limits run beside those under the new ones.
/// </summary>
internal sealed class MerchantLimiters(TimeProvider time)
{
    private readonly ConcurrentDictionary<MerchantId, Known> _known = new();

    public MerchantLimiter Of(MerchantSettings merchant) => _known.AddOrUpdate(
        merchant.Id,
        _ => New(merchant),
        (_, known) => known.Limits == merchant.Limits && known.Duplicates == merchant.Duplicates ? known : New(merchant)).Limiter;

    private Known New(MerchantSettings merchant) => new(
        merchant.Limits, merchant.Duplicates,
        new MerchantLimiter(merchant.Id, merchant.Limits, merchant.Duplicates == DuplicatePolicy.Suspend, time));

    private sealed record Known(MerchantLimits Limits, DuplicatePolicy Duplicates, MerchantLimiter Limiter);
}
