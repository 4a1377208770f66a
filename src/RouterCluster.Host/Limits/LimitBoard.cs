using System.Collections.Frozen;
using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Host.Limits;

/// <summary>Minor units that payments of <paramref name="since"/> and later add up to, by merchant.</summary>
public delegate Task<IReadOnlyDictionary<MerchantId, long>> SumsOfPayments(DateTimeOffset since);

/// <summary>Every merchant's limits. Each node keeps its own: what several nodes let in together may be so much more.</summary>
public sealed class LimitBoard
{
    private readonly FrozenDictionary<MerchantId, MerchantLimiter> _limiters;

    public LimitBoard(RouterSettings settings, TimeProvider time) => _limiters = settings.Merchants.ToFrozenDictionary(
        merchant => merchant.Id, merchant => new MerchantLimiter(merchant.Limits, settings.DayOffset, time));

    /// <summary>Counts what was stored today before this node started. To be called once, before requests come.</summary>
    public async Task SeedAsync(SumsOfPayments sums)
    {
        // Midnight may pass meanwhile.
        foreach (var ofDay in _limiters.Where(one => one.Value.Day is not null).ToLookup(one => one.Value.Day!.DayStart))
        {
            var stored = await sums(ofDay.Key);
            foreach (var (merchant, limiter) in ofDay)
            {
                limiter.Day!.Seed(ofDay.Key, stored.GetValueOrDefault(merchant));
            }
        }
    }

    internal MerchantLimiter Of(MerchantId merchant) => _limiters[merchant];
}
