namespace RouterCluster.Domain.Lanes;

/// <summary>Counts recent events in slots of time. The current slot is partly over.</summary>
internal sealed class SlidingCount(TimeSpan slot, int slots)
{
    private readonly int[] _counts = new int[slots];
    private long _newest;
    private int _sum;

    public void Add(TimeSpan now, int count = 1)
    {
        Advance(now);
        _counts[_newest % slots] += count;
        _sum += count;
    }

    public void TakeBack(TimeSpan at, TimeSpan now)
    {
        Advance(now);
        var then = at.Ticks / slot.Ticks;
        if (then > _newest - slots && _counts[then % slots] > 0)
        {
            _counts[then % slots]--;
            _sum--;
        }
    }

    public int Sum(TimeSpan now)
    {
        Advance(now);
        return _sum;
    }

    private void Advance(TimeSpan now)
    {
        var current = now.Ticks / slot.Ticks;
        for (var cleared = 0; _newest < current && cleared < slots; cleared++)
        {
            _newest++;
            _sum -= _counts[_newest % slots];
            _counts[_newest % slots] = 0;
        }

        _newest = Math.Max(_newest, current);
    }
}
