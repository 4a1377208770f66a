using System.Collections.Frozen;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Merchants;

/// <summary>By merchant, minor units of payments created from <paramref name="since"/> on.</summary>
/// <param name="until">Payments created at this moment or later are left out.</param>
public delegate Task<IReadOnlyDictionary<MerchantId, long>> SumsOfPayments(DateTimeOffset since, DateTimeOffset until);

/// <summary>
/// Every merchant's limits on this node; several nodes together may admit a multiple. Ends of payments come through a
/// queue that loses one only while the whole node hangs; its amount is then not given back that day, so never too much is
/// admitted.
/// </summary>
public sealed class MerchantLimiters : ICommitSubscriber
{
    private readonly FrozenDictionary<MerchantId, MerchantLimiter> _limiters;

    /// <summary>Payments created at this moment or later come through this node.</summary>
    private readonly DateTimeOffset _startedAt;

    public MerchantLimiters(NodeSettings settings, IReadOnlyList<MerchantSettings> merchants, TimeProvider time)
    {
        _startedAt = time.GetUtcNow();
        _limiters = merchants.ToFrozenDictionary(
            merchant => merchant.Id, merchant => new MerchantLimiter(merchant.Limits, settings.DayOffset, time));
    }

    public string Name => "limits";

    /// <summary>A merchant has a limit that counts over restarts.</summary>
    public bool NeedsSums => _limiters.Values.Any(limiter => limiter.Day is not null);

    /// <summary>
    /// Counts payments of today that were stored before this node started. To be called before requests come, and again
    /// when the read model is complete.
    /// </summary>
    public async Task SeedAsync(SumsOfPayments sums)
    {
        // Midnight may pass meanwhile.
        foreach (var ofDay in _limiters.Where(one => one.Value.Day is not null).ToLookup(one => one.Value.Day!.DayStart))
        {
            var stored = await sums(ofDay.Key, _startedAt);
            foreach (var (merchant, limiter) in ofDay)
            {
                limiter.Day!.Seed(ofDay.Key, _startedAt, stored.GetValueOrDefault(merchant));
            }
        }
    }

    /// <summary>A payment has ended; its amount may be given back.</summary>
    public void Happened(CommittedEvent committed)
    {
        if (committed.Event is PaymentFailed or PaymentClosed or PaymentSucceeded
            && _limiters.TryGetValue(committed.After.Content.Merchant, out var limiter))
        {
            limiter.Day?.Ended(committed.After);
        }
    }

    internal MerchantLimiter Of(MerchantId merchant) => _limiters[merchant];
}
