namespace RouterCluster.Domain.Routing.Learning;

/// <summary>Replaces the learned success, which is in force again when the outage ends.</summary>
internal struct Outage
{
    private const double FewestExpected = 0.5;
    private const double MostExpected = 30;
    private Tally _now;
    private double _sum;
    private Tally _run;

    public bool IsOn { get; private set; }

    public double SinceS { get; private set; }

    public readonly double Expected => _now.Expected;

    public readonly double Seen => _now.Seen;

    public readonly double Factor => IsOn ? (_now.Seen + 0.5) / (_now.Expected + 1) : 1;

    public void Begin(double seen, double expected, double nowS)
    {
        var kept = Math.Clamp(expected, FewestExpected, MostExpected);
        this = new Outage { IsOn = true, SinceS = nowS };
        _now.Set(expected > 0 ? seen * kept / expected : 0, kept);
        _now.Fade(nowS, 1);
    }

    /// <summary>True: the channel is as it was before.</summary>
    public bool Learn(double seen, double weight, double usual, double nowS, double halfLifeS, LearningLimits limits)
    {
        var low = Math.Clamp(usual * Factor, 0.02, 0.9);
        var high = Math.Max(Math.Clamp(usual, 0.05, 0.985), 1.1 * low);
        _now.Fade(nowS, halfLifeS);
        _now.Add(seen, weight * usual, double.MaxValue);
        _sum += seen > 0 ? Math.Min(2, Math.Log(high / low)) : weight * Math.Log((1 - high) / (1 - low));
        _run.Add(seen, weight * usual, double.MaxValue);
        if (_sum <= 0)
        {
            (_sum, _run) = (0, default);
        }

        if (_sum <= limits.Recovery)
        {
            return _now.Expected > MostExpected && Factor > 0.97;
        }

        if (_run.Seen > 0.8 * _run.Expected || _run.Expected < 6)
        {
            return true;
        }

        // The channel succeeds more often than in the outage, and less often than before it.
        _now = _run;
        (_sum, _run) = (0, default);
        return false;
    }

    public void End() => this = default;
}
