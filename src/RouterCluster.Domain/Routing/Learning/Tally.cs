namespace RouterCluster.Domain.Routing.Learning;

/// <summary>Successes seen and successes expected; both fade with time, and old ones make room once there are many.</summary>
internal struct Tally
{
    private const double NearlyFull = 0.9;
    private double _atS;

    public double Seen { get; private set; }

    public double Expected { get; private set; }

    public void Set(double seen, double expected) => (Seen, Expected) = (seen, expected);

    public void Add(double seen, double expected, double most)
    {
        Seen = Math.Max(0, Seen + seen);
        Expected = Math.Max(0, Expected + expected);
        if (Expected > most)
        {
            Scale(most / Expected);
        }
    }

    /// <summary>
    /// A full tally has made room since, so taking additions back whole would leave successes without expectation: the rest
    /// is held to at most its former ratio, and to the expected one.
    /// </summary>
    public void TakeBack(double seen, double expected, double most)
    {
        var left = Expected < NearlyFull * most ? 1 : (1 - Math.Exp(-expected / most)) * most / Math.Max(1, expected);
        var best = Math.Max(1, Expected > 0 ? Seen / Expected : 1);
        Add(-left * seen, -left * expected, most);
        Seen = Math.Min(Seen, best * Expected);
    }

    /// <summary>In steps of half a percent: finer ones cost time and change nothing.</summary>
    public void Fade(double nowS, double halfLifeS)
    {
        var elapsed = nowS - _atS;
        if (elapsed >= 0.005 * halfLifeS)
        {
            Scale(Expected > 0 ? double.Exp2(-elapsed / halfLifeS) : 1);
            _atS = nowS;
        }
    }

    public void ScaleSeen(double factor) => Seen *= factor;

    public void Scale(double factor) => (Seen, Expected) = (Seen * factor, Expected * factor);

    /// <summary>The ratio, when <paramref name="prior"/> has the weight of so many outcomes.</summary>
    public readonly double Ratio(double prior, double priorOutcomes) =>
        (Seen + (prior * priorOutcomes)) / (Expected + priorOutcomes);
}
