using System.Numerics;

namespace RouterCluster.Domain.Lanes;

/// <summary>
/// Percentiles of the last minute in fixed memory: counts in buckets that are 1/16 of their power of two wide, hence
/// within about 3 %, for each of six slices of ten seconds.
/// </summary>
internal sealed class LatencySketch
{
    private const int Slices = 6;
    private const int Buckets = 544;
    private const double LongestMicroseconds = 1e11;
    private static readonly long SliceTicks = TimeSpan.FromSeconds(10).Ticks;

    private readonly int[][] _counts = [.. Enumerable.Range(0, Slices).Select(_ => new int[Buckets])];
    private readonly long[] _slices = [.. Enumerable.Repeat(long.MinValue, Slices)];

    public void Add(double milliseconds, TimeSpan now)
    {
        var slice = now.Ticks / SliceTicks;
        var index = (int)(((slice % Slices) + Slices) % Slices);
        if (_slices[index] != slice)
        {
            Array.Clear(_counts[index]);
            _slices[index] = slice;
        }

        _counts[index][BucketOf(milliseconds)]++;
    }

    /// <summary>Milliseconds at each of the ascending shares (0–1); zeros when nothing ended in the last minute.</summary>
    public (double First, double Second) Percentiles(double first, double second, TimeSpan now)
    {
        var oldest = (now.Ticks / SliceTicks) - Slices + 1;
        var counts = new long[Buckets];
        for (var slice = 0; slice < Slices; slice++)
        {
            for (var bucket = 0; _slices[slice] >= oldest && bucket < Buckets; bucket++)
            {
                counts[bucket] += _counts[slice][bucket];
            }
        }

        var total = counts.Sum();
        return (AtRank(counts, (long)Math.Ceiling(first * total)), AtRank(counts, (long)Math.Ceiling(second * total)));
    }

    private static double AtRank(long[] counts, long rank)
    {
        var seen = 0L;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            seen += counts[bucket];
            if (seen >= rank)
            {
                return rank == 0 ? 0 : MiddleOf(bucket);
            }
        }

        return 0;
    }

    private static int BucketOf(double milliseconds)
    {
        var microseconds = milliseconds > 0 ? (ulong)Math.Min(milliseconds * 1000, LongestMicroseconds) : 0;
        if (microseconds < 16)
        {
            return (int)microseconds;
        }

        var power = BitOperations.Log2(microseconds);
        return ((power - 3) * 16) + (int)((microseconds >> (power - 4)) & 15);
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < 16)
        {
            return bucket / 1000.0;
        }

        var width = 1L << ((bucket / 16) - 1);
        var lowest = (16 + (bucket % 16)) * width;
        return (lowest + ((width - 1) / 2.0)) / 1000;
    }
}
