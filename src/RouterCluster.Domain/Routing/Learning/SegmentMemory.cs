namespace RouterCluster.Domain.Routing.Learning;

internal sealed class SegmentMemory
{
    private const double FirstSuccesses = 1.7;
    private const double FirstOutcomes = 2;
    private const double UsualOutcomes = 50;
    private const double MostOfUsual = 1000;

    // A long-term figure: an outage does not make a segment one in which little succeeds.
    private Tally _usual;

    /// <summary>Successes and outcomes. Failures of all channels together lower it, so that they count against none.</summary>
    public Tally Baseline;
    public ArrivalGap Gap = new(0.03);
    public int Product;

    public SegmentMemory()
    {
        Baseline.Set(FirstSuccesses, FirstOutcomes);
        _usual.Set(UsualOutcomes * FirstSuccesses / FirstOutcomes, UsualOutcomes);
    }

    public double Success => Math.Clamp(Baseline.Ratio(FirstSuccesses / FirstOutcomes, 0.01), 0.01, 0.99);

    public double Rarity { get; private set; } = 1;

    public void Count(double seen, double weight, double plentiful)
    {
        _usual.Add(seen, weight, MostOfUsual);
        Rarity = Math.Max(1, plentiful * _usual.Expected / Math.Max(1, _usual.Seen));
    }
}
