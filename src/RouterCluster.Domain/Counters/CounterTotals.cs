namespace RouterCluster.Domain.Counters;

public static class CounterTotals
{
    /// <summary>Each field's sum over several periods of one length.</summary>
    public static IReadOnlyDictionary<CounterField, long> Sum(IEnumerable<IReadOnlyDictionary<CounterField, long>> periods)
    {
        Dictionary<CounterField, long> sums = [];
        foreach (var (field, count) in periods.SelectMany(period => period))
        {
            sums[field] = checked(sums.GetValueOrDefault(field) + count);
        }

        return sums;
    }
}
