using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>This router's own choices of one channel that have not been released, by merchant.</summary>
internal sealed class Outstanding(TimeSpan transitGrace)
{
    private const int Slots = 8;
    private readonly Dictionary<MerchantId, int> _byMerchant = [];

    // One slot more than the grace, since the newest is partly over.
    private readonly SlidingCount _recent = new(transitGrace / Slots, Slots + 1);

    public int Count { get; private set; }

    public int Merchants => _byMerchant.Count;

    public int Of(MerchantId merchant) => _byMerchant.GetValueOrDefault(merchant);

    public void Add(MerchantId merchant, TimeSpan now)
    {
        _byMerchant[merchant] = Of(merchant) + 1;
        Count++;
        _recent.Add(now);
    }

    /// <summary>Does nothing without an outstanding choice: another router chose, or the choice was given up.</summary>
    public void Settle(MerchantId merchant) => Take(merchant, Math.Min(1, Of(merchant)));

    /// <remarks>
    /// A choice older than the grace is in the lane, so <paramref name="reported"/> counts it, or it is lost. The sum is
    /// never less than the true number, and equals the lane's report once no choice has been made for the grace.
    /// </remarks>
    public void Correct(int reported, TimeSpan now)
    {
        var lost = Count - (reported + _recent.Sum(now));
        while (lost > 0)
        {
            var largest = Largest();
            var taken = Math.Min(lost, (Of(largest) + 1) / 2);
            Take(largest, taken);
            lost -= taken;
        }
    }

    /// <summary>Whose releases were lost is not known; this merchant is the likeliest.</summary>
    private MerchantId Largest()
    {
        var largest = default(KeyValuePair<MerchantId, int>);
        foreach (var entry in _byMerchant)
        {
            if (entry.Value > largest.Value
                || (entry.Value == largest.Value && string.CompareOrdinal(entry.Key.Value, largest.Key.Value) < 0))
            {
                largest = entry;
            }
        }

        return largest.Key;
    }

    private void Take(MerchantId merchant, int count)
    {
        var left = Of(merchant) - count;
        Count -= count;
        if (left > 0)
        {
            _byMerchant[merchant] = left;
        }
        else
        {
            _byMerchant.Remove(merchant);
        }
    }
}
