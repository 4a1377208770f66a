using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay;

/// <summary>An eligible channel with its figures from the trace.</summary>
/// <param name="Channel">The channel's index.</param>
/// <param name="Success">If the customer is not at fault.</param>
/// <param name="Spread">Sigma of the latency's logarithm.</param>
internal readonly record struct TraceOption(
    int Channel, double Success, double CustomerFailure, double MedianSeconds, double Spread, double LateShare, int Capacity)
{
    private const double DefaultLatencyMs = 2000;

    // The 95th percentile of a normal distribution, in sigmas above the median.
    private const double SigmasToP95 = 1.6448536269514722;

    public double Expected => Success * (1 - CustomerFailure);

    /// <summary>Null for a channel that was not eligible or has no figures.</summary>
    public static TraceOption? Of(in TraceRow row, int channel, long line)
    {
        var median = row.P50Ms ?? Math.Min(DefaultLatencyMs, row.P95Ms ?? DefaultLatencyMs);
        var high = row.P95Ms ?? Math.Max(DefaultLatencyMs, median);
        if (high < median)
        {
            throw new TraceFormatException(line, "latency_p95_ms is below latency_p50_ms");
        }

        return row is { IsEligible: true, Success: { } success }
            ? new TraceOption(
                channel, success, row.CustomerFailure ?? 0, median / 1000, median > 0 ? Math.Log(high / median) / SigmasToP95 : 0,
                row.LateShare ?? 0, row.Capacity is { } capacity and < int.MaxValue ? (int)capacity : int.MaxValue)
            : null;
    }
}

/// <summary>One segment's payments of one bucket, spread at random over it.</summary>
internal sealed class SegmentFlow(Segment segment, TraceOption[] options, long arrivals, double start, double end)
{
    private long _left = arrivals;
    private double _last = start;

    public Segment Segment => segment;

    public TraceOption[] Options => options;

    public double Best { get; } = BestOf(options);

    /// <summary>
    /// The time of the next payment; null after the last. Draws the smallest of n uniform numbers directly, so that no
    /// list of payments is needed.
    /// </summary>
    public double? Next(ref DrawStream draws)
    {
        if (_left == 0)
        {
            return null;
        }

        _last += (end - _last) * (1 - Math.Pow(1 - draws.NextDouble(), 1.0 / _left));
        _left--;
        return _last;
    }

    private static double BestOf(TraceOption[] options)
    {
        var (success, expected) = (-1.0, 0.0);
        foreach (var option in options)
        {
            if (option.Success > success)
            {
                (success, expected) = (option.Success, option.Expected);
            }
        }

        return expected;
    }
}
