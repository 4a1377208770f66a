using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// A failure of a source that fails everywhere, while others do not, is no evidence against the channel: one merchant's
/// storm counts a few times and no more, and so does one account. Where all fail alike, or there is only one source, every
/// failure counts.
/// </summary>
internal sealed class SourceMemory(LearningLimits limits)
{
    private readonly Tally[] _payers = new Tally[Source.Payers + 1];
    private readonly Tally[] _merchants = new Tally[Source.Merchants + 1];
    private Tally _all;

    public double Belief(Source source) =>
        Belief(_payers[source.Payer], source.Payer) * Belief(_merchants[source.Merchant], source.Merchant);

    public void Add(Source source, double seen, double expected, double belief, double nowS, double halfLifeS)
    {
        Add(ref _payers[source.Payer], seen, expected, nowS, halfLifeS);
        Add(ref _merchants[source.Merchant], seen, expected, nowS, halfLifeS);

        // A storm must not become its own measure.
        Add(ref _all, belief * seen, belief * expected, nowS, halfLifeS);
    }

    private static void Add(ref Tally tally, double seen, double expected, double nowS, double halfLifeS)
    {
        tally.Fade(nowS, halfLifeS);
        tally.Add(seen, expected, double.MaxValue);
    }

    private double Belief(in Tally tally, int drawer)
    {
        if (drawer == 0)
        {
            return 1;
        }

        // Squared, so that the sum of the storm's failures stays small however long it lasts.
        var relative = tally.Ratio(Usual, limits.SourcePriorOutcomes) / Usual;
        return Math.Min(1, limits.SourceTolerance * relative * relative);
    }

    private double Usual => _all.Ratio(1, limits.SourcePriorOutcomes);
}
