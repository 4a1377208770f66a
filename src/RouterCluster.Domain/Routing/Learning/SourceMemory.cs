using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// How payments fare by who pays and whom, whatever the channel. A failure of somebody who fails everywhere, while
/// others do not, says nothing of the channel: one merchant's storm counts a few times and no more, and so does one
/// account, however often it is declined. Where all fail alike, or there is but one source, nobody is worse than the
/// rest, and every failure counts.
/// </summary>
internal sealed class SourceMemory(LearningLimits limits)
{
    private readonly Tally[] _payers = new Tally[Source.Payers + 1];
    private readonly Tally[] _merchants = new Tally[Source.Merchants + 1];
    private Tally _all;

    /// <summary>What a failure of the source counts, 0–1.</summary>
    public double Belief(Source source) =>
        Belief(_payers[source.Payer], source.Payer) * Belief(_merchants[source.Merchant], source.Merchant);

    /// <param name="seen">1 for a success.</param>
    /// <param name="expected">The probability of one, as it is with others.</param>
    /// <param name="belief">What the source was worth before.</param>
    public void Add(Source source, double seen, double expected, double belief, double nowS, double halfLifeS)
    {
        Add(ref _payers[source.Payer], seen, expected, nowS, halfLifeS);
        Add(ref _merchants[source.Merchant], seen, expected, nowS, halfLifeS);

        // A storm must not become the measure of itself.
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

        // The square: however long the storm lasts, the sum of what its failures count stays small.
        var relative = tally.Ratio(Usual, limits.SourcePriorOutcomes) / Usual;
        return Math.Min(1, limits.SourceTolerance * relative * relative);
    }

    private double Usual => _all.Ratio(1, limits.SourcePriorOutcomes);
}
