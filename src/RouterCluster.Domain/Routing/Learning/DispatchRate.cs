namespace RouterCluster.Domain.Routing.Learning;

/// <summary>Dispatches per second, with a half-life of a minute.</summary>
internal struct DispatchRate
{
    private const double HalfLifeS = 60;
    private const double Slowest = 1e-6;
    private double _rate;
    private double _atS;

    public readonly double PerSecond => Math.Max(Slowest, _rate);

    public void Add(double nowS)
    {
        var elapsed = nowS - _atS;
        _rate = (elapsed > 0 ? _rate * double.Exp2(-elapsed / HalfLifeS) : _rate) + (0.693 / HalfLifeS);
        _atS = nowS;
    }
}
