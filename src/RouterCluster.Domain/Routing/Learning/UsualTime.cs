namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// The time in which nine in ten late decisions come. Learned from decisions alone, so that orders that are never decided
/// do not make slowness usual.
/// </summary>
internal struct UsualTime
{
    private const double Quantile = 0.9;
    private const double LeastGain = 0.02;
    private const double LongestS = 86_400;
    private double _logAge;
    private int _seen;

    public double AgeS { get; private set; }

    public void Add(double ageS)
    {
        var log = Math.Log(Math.Clamp(ageS, 0.01, LongestS));
        _seen++;
        var gain = Math.Max(LeastGain, 1.0 / _seen);
        _logAge = _seen == 1 ? log : _logAge + (gain * (log > _logAge ? Quantile : Quantile - 1));
        AgeS = Math.Exp(Math.Min(_logAge, Math.Log(LongestS)));
    }
}
