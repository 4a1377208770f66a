using System.Collections.Frozen;
using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Host.Limits;

/// <summary>Minor units that a merchant's payments of <paramref name="since"/> and later add up to.</summary>
public delegate Task<long> SumOfPayments(MerchantId merchant, DateTimeOffset since);

/// <summary>Every merchant's limits. Each node keeps its own: what several nodes let in together may be so much more.</summary>
public sealed class LimitBoard
{
    private readonly FrozenDictionary<MerchantId, MerchantLimiter> _limiters;

    public LimitBoard(RouterSettings settings, TimeProvider time) => _limiters = settings.Merchants.ToFrozenDictionary(
        merchant => merchant.Id, merchant => new MerchantLimiter(merchant.Limits, settings.DayOffset, time));

    /// <summary>Counts what was stored today before this node started. To be called once, before requests come.</summary>
    public async Task SeedAsync(SumOfPayments sum)
    {
        foreach (var (merchant, limiter) in _limiters)
        {
            if (limiter.Day is { } day)
            {
                var since = day.DayStart;
                day.Seed(since, await sum(merchant, since));
            }
        }
    }

    internal MerchantLimiter Of(MerchantId merchant) => _limiters[merchant];
}
