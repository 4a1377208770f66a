namespace RouterCluster.Domain.Counters;

/// <summary>
/// Sums that are not written yet. While nobody takes them their memory stays below a limit: the oldest seconds are kept as
/// part of their minute only, the oldest minutes as part of their day only, and additions without a place are lost.
/// </summary>
/// <param name="limit">Numbers in memory at most.</param>
public sealed class PendingCounts(int limit, TimeSpan dayOffset)
{
    // The oldest second comes first, and minutes after all seconds.
    private static readonly Comparer<CounterPeriod> Order = Comparer<CounterPeriod>.Create(
        (left, right) => (left.Length, left.Start).CompareTo((right.Length, right.Start)));

    private readonly SortedDictionary<CounterPeriod, Dictionary<CounterField, long>> _periods = new(Order);

    /// <summary>Numbers in memory.</summary>
    public int Count { get; private set; }

    /// <summary>Additions that had no place.</summary>
    public long Lost { get; private set; }

    public void Add(CounterPeriod second, CounterField field, long amount)
    {
        var isKnown = _periods.TryGetValue(second, out var sums) && sums.ContainsKey(field);
        if (isKnown || HasPlace(second))
        {
            AddTo(second, field, amount);
        }
        else
        {
            Lost++;
        }
    }

    /// <summary>Hands over every sum, also as part of its minute and of its day.</summary>
    public List<CounterIncrement> Take()
    {
        var taken = new List<CounterIncrement>();
        while (_periods.Count > 0)
        {
            var (period, sums) = _periods.First();
            taken.AddRange(sums.Select(sum => new CounterIncrement(period, sum.Key, sum.Value)));
            MoveUp(period, sums);
        }

        return taken;
    }

    private bool HasPlace(CounterPeriod second)
    {
        while (Count >= limit)
        {
            var oldest = _periods.FirstOrDefault(period => period.Key != second && period.Key.Length != PeriodLength.Day);
            if (oldest.Value is null)
            {
                return false;
            }

            MoveUp(oldest.Key, oldest.Value);
        }

        return true;
    }

    /// <summary>Removes a period; its sums become part of the longer one that it lies in.</summary>
    private void MoveUp(CounterPeriod period, Dictionary<CounterField, long> sums)
    {
        _periods.Remove(period);
        Count -= sums.Count;
        if (period.Length == PeriodLength.Day)
        {
            return;
        }

        var longer = period.Length == PeriodLength.Second ? period.Minute() : period.Day(dayOffset);
        foreach (var (field, amount) in sums)
        {
            AddTo(longer, field, amount);
        }
    }

    private void AddTo(CounterPeriod period, CounterField field, long amount)
    {
        if (!_periods.TryGetValue(period, out var sums))
        {
            sums = [];
            _periods.Add(period, sums);
        }

        Count += sums.ContainsKey(field) ? 0 : 1;
        sums[field] = checked(sums.GetValueOrDefault(field) + amount);
    }
}
