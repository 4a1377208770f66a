namespace RouterCluster.Simulator.Books;

/// <summary>Calls that are open at the same moment, and the most there ever were.</summary>
internal sealed class ConcurrencyGauge
{
    private int _current;
    private int _highest;

    public int Current => Volatile.Read(ref _current);

    public int Highest => Volatile.Read(ref _highest);

    /// <summary>How many are open now, this one included.</summary>
    public int Enter()
    {
        var current = Interlocked.Increment(ref _current);
        RaiseHighest(current);
        return current;
    }

    public void Leave() => Interlocked.Decrement(ref _current);

    /// <summary>To those that are open now, not to zero: calls that come meanwhile are not lost.</summary>
    public void ResetHighest()
    {
        Interlocked.Exchange(ref _highest, 0);
        RaiseHighest(Current);
    }

    private void RaiseHighest(int current)
    {
        var highest = Volatile.Read(ref _highest);
        while (current > highest)
        {
            var seen = Interlocked.CompareExchange(ref _highest, current, highest);
            if (seen == highest)
            {
                return;
            }

            highest = seen;
        }
    }
}
