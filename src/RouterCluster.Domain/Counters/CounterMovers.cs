using System.Collections.Immutable;

namespace RouterCluster.Domain.Counters;

/// <summary>A number that is far from what the time before made one expect.</summary>
/// <param name="Deviations">Standard deviations from what is expected; negative when it is less.</param>
public readonly record struct CounterMover(CounterField Field, double NowPerMinute, double BeforePerMinute, double Deviations);

/// <summary>What was counted in one stretch of time.</summary>
public sealed record CounterSums(TimeSpan Length, IReadOnlyDictionary<CounterField, long> Sums)
{
    public double PerMinute(CounterField field) => Of(field) / Length.TotalMinutes;

    public long Of(CounterField field) => Sums.GetValueOrDefault(field);
}

/// <summary>Finds the numbers that changed most: of channels, their codes, banks and merchants.</summary>
public static class CounterMovers
{
    /// <summary>Of some hundred numbers that only chance moves, none comes so far.</summary>
    private const double Least = 4;

    private static readonly ImmutableHashSet<string> Dimensions = ["channel", "code", "bank", "merchant"];

    /// <summary>The largest deviations first. Sums of money are left out: a few large payments move them.</summary>
    public static ImmutableArray<CounterMover> Find(CounterSums before, CounterSums now, int most) =>
    [
        .. before.Sums.Keys.Union(now.Sums.Keys)
            .Where(field => Dimensions.Contains(field.Dimension) && !field.What.StartsWith("amount_", StringComparison.Ordinal))
            .Select(field => new CounterMover(
                field, now.PerMinute(field), before.PerMinute(field), Deviations(before, now, field)))
            .Where(mover => Math.Abs(mover.Deviations) >= Least)
            .OrderByDescending(mover => Math.Abs(mover.Deviations))
            .ThenBy(mover => mover.Field.ToString(), StringComparer.Ordinal)
            .Take(most),
    ];

    /// <summary>Two counts of rare events over stretches of different length, made comparable by square roots.</summary>
    /// <remarks>
    /// M. D. Huffman, An improved approximate two-sample Poisson test, Applied Statistics 33, 1984.
    /// </remarks>
    private static double Deviations(CounterSums before, CounterSums now, CounterField field)
    {
        const double correction = 3.0 / 8;
        var ratio = now.Length / before.Length;
        var expected = Math.Sqrt(ratio * (before.Of(field) + correction));
        return 2 * (Math.Sqrt(now.Of(field) + correction) - expected) / Math.Sqrt(1 + ratio);
    }
}
