namespace RouterCluster.Domain.Routing.Learning;

/// <summary>Mean time between payments, or between their successes, smoothed over the last ones.</summary>
internal struct ArrivalGap(double gain)
{
    private double _lastS = double.NaN;

    public double MeanS { get; private set; } = 1;

    public void Add(double nowS)
    {
        if (!double.IsNaN(_lastS))
        {
            MeanS = Math.Max(1e-6, MeanS + (gain * (Math.Max(0, nowS - _lastS) - MeanS)));
        }

        _lastS = nowS;
    }
}
