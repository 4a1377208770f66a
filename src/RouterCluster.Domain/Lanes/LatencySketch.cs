using System.Numerics;

namespace RouterCluster.Domain.Lanes;

/// <summary>
/// Percentiles of the last minute in fixed memory: counts in buckets of 1/16 of their power of two, hence accurate to about
/// 3 %, for each of six slices of ten seconds.
/// </summary>
internal sealed class LatencySketch
{
    private const int Slices = 6;
    private const int Buckets = 544;
    private const double LongestMicroseconds = 1e11;
    private static readonly long SliceTicks = TimeSpan.FromSeconds(10).Ticks;

    private readonly int[]?[] _counts = new int[]?[Slices];
    private readonly long[] _slices = [.. Enumerable.Repeat(long.MinValue, Slices)];

    private readonly int[] _sums = new int[Buckets];
    private int _total;

    public void Add(double milliseconds, TimeSpan now)
    {
        var slice = now.Ticks / SliceTicks;
        var index = (int)(((slice % Slices) + Slices) % Slices);
        if (_slices[index] != slice)
        {
            Forget(index);
            _slices[index] = slice;
        }

        var bucket = BucketOf(milliseconds);
        (_counts[index] ??= new int[Buckets])[bucket]++;
        _sums[bucket]++;
        _total++;
    }

    /// <summary>Milliseconds at each of the ascending shares (0–1); zeros without calls in the last minute.</summary>
    public (double First, double Second) Percentiles(double first, double second, TimeSpan now)
    {
        var oldest = (now.Ticks / SliceTicks) - Slices + 1;
        for (var index = 0; index < Slices; index++)
        {
            if (_slices[index] < oldest)
            {
                Forget(index);
            }
        }

        return (AtRank((int)Math.Ceiling(first * _total)), AtRank((int)Math.Ceiling(second * _total)));
    }

    private void Forget(int index)
    {
        if (_slices[index] == long.MinValue || _counts[index] is not { } counts)
        {
            return;
        }

        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _sums[bucket] -= counts[bucket];
            _total -= counts[bucket];
        }

        Array.Clear(counts);
        _slices[index] = long.MinValue;
    }

    private double AtRank(int rank)
    {
        var seen = 0;
        for (var bucket = 0; rank > 0 && bucket < Buckets; bucket++)
        {
            seen += _sums[bucket];
            if (seen >= rank)
            {
                return MiddleOf(bucket);
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
