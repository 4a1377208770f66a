namespace RouterCluster.Simulator.Books;

/// <summary>The number of open calls, and its highest value.</summary>
internal sealed class ConcurrencyGauge
{
    private int _current;
    private int _highest;

    public int Current => Volatile.Read(ref _current);

    public int Highest => Volatile.Read(ref _highest);

    /// <summary>Returns the number of open calls, this one included.</summary>
    public int Enter()
    {
        var current = Interlocked.Increment(ref _current);
        RaiseHighest(current);
        return current;
    }

    public void Leave() => Interlocked.Decrement(ref _current);

    /// <summary>Resets to the number of open calls, so that concurrent calls are not lost.</summary>
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
