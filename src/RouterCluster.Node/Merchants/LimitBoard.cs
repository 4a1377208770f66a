using System.Collections.Frozen;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Merchants;

/// <summary>Minor units that payments of <paramref name="since"/> and later add up to, by merchant.</summary>
/// <param name="until">Payments of this moment and later are left out.</param>
public delegate Task<IReadOnlyDictionary<MerchantId, long>> SumsOfPayments(DateTimeOffset since, DateTimeOffset until);

/// <summary>Every merchant's limits. Each node keeps its own: what several nodes let in together may be so much more.</summary>
/// <remarks>
/// Ends of payments are heard after the commit. They wait for nothing but a short lock, so the queue loses one only while
/// the whole node stands still; that one's amount is then not given back before the day is over, and never too much let in.
/// </remarks>
public sealed class LimitBoard : ICommitSubscriber
{
    private readonly FrozenDictionary<MerchantId, MerchantLimiter> _limiters;

    /// <summary>Payments of this moment and later come through this node.</summary>
    private readonly DateTimeOffset _startedAt;

    public LimitBoard(NodeSettings settings, IReadOnlyList<MerchantSettings> merchants, TimeProvider time)
    {
        _startedAt = time.GetUtcNow();
        _limiters = merchants.ToFrozenDictionary(
            merchant => merchant.Id, merchant => new MerchantLimiter(merchant.Limits, settings.DayOffset, time));
    }

    public string Name => "limits";

    /// <summary>Some merchant has a limit that counts over restarts.</summary>
    public bool NeedsSums => _limiters.Values.Any(limiter => limiter.Day is not null);

    /// <summary>
    /// Counts what was stored today before this node started. To be called before requests come, and again when the read
    /// model has what it did not have yet.
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

    /// <summary>A payment has ended: whatever its limits count of it may be given back.</summary>
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
