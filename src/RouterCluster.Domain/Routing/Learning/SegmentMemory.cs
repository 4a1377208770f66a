namespace RouterCluster.Domain.Routing.Learning;

/// <summary>What is known of one segment whatever the channel.</summary>
internal sealed class SegmentMemory
{
    private const double FirstSuccesses = 1.7;
    private const double FirstOutcomes = 2;

    /// <summary>Successes, and outcomes. What all channels suffer lowers it, so that it does not count against any.</summary>
    public Tally Baseline;
    public ArrivalGap Gap = new(0.03);
    public int Product;

    public SegmentMemory() => Baseline.Set(FirstSuccesses, FirstOutcomes);

    public double Success => Math.Clamp(Baseline.Ratio(FirstSuccesses / FirstOutcomes, 0.01), 0.01, 0.99);
}
