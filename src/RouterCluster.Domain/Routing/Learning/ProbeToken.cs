namespace RouterCluster.Domain.Routing.Learning;

/// <summary>Fills while other channels are chosen; when full, one payment goes to this channel to find out.</summary>
internal struct ProbeToken
{
    private const double Most = 1.5;
    private double _atS;

    public double Level { get; private set; }

    public void Fill(double share, double perSecond, double nowS)
    {
        Level = Math.Min(Most, Level + Math.Min(share, Math.Max(0, nowS - _atS) * perSecond));
        _atS = nowS;
    }

    public void Empty() => Level = 0;
}
