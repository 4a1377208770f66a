namespace RouterCluster.Domain.Routing;

/// <summary>Outcomes that fade: with time, and with each newer one once there are many.</summary>
internal sealed class Evidence(MemoryLimits limits)
{
    private double _successes;
    private double _outcomes;
    private TimeSpan _at;

    public void Add(bool succeeded, TimeSpan now)
    {
        Keep(Fading(now));
        _at = now;
        _successes += succeeded ? 1 : 0;
        _outcomes += 1;
        ShrinkTo(limits.Outcomes);
    }

    public void ShrinkTo(double outcomes)
    {
        if (_outcomes > outcomes)
        {
            Keep(outcomes / _outcomes);
        }
    }

    /// <summary>The success rate, when <paramref name="prior"/> is believed as much as so many outcomes.</summary>
    public double Estimate(double prior, double priorOutcomes, TimeSpan now)
    {
        var fading = Fading(now);
        return ((_successes * fading) + (prior * priorOutcomes)) / ((_outcomes * fading) + priorOutcomes);
    }

    private double Fading(TimeSpan now) => now > _at ? double.Exp2(-((now - _at) / limits.HalfLife)) : 1;

    private void Keep(double share)
    {
        _successes *= share;
        _outcomes *= share;
    }
}
