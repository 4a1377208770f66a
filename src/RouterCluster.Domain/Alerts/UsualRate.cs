namespace RouterCluster.Domain.Alerts;

/// <summary>
/// A channel's usual share of faults, learnt from whole minutes and forgotten with a half-life of an hour of traffic. The
/// last quarter of an hour is left out, so that a decline is compared with the time before it.
/// </summary>
internal sealed class UsualRate
{
    /// <summary>Minutes that wait before they count.</summary>
    public const int Lag = 15;

    private const double KeptPerMinute = 0.98851; // 0.5 ^ (1 / 60)

    // A new channel is supposed to fail in 5 of 100 attempts, until 20 attempts of its own say otherwise.
    private const double SupposedRate = 0.05;
    private const double SupposedTrials = 20;
    private const int FewestMinutes = 5;

    /// <summary>A channel that has never failed would page at its second fault.</summary>
    private const double LeastRate = 0.01;

    private const double DispersionWeight = 0.01;
    private const double FewestForDispersion = 5;

    private readonly Queue<Trials> _waiting = new();
    private double _faults = SupposedRate * SupposedTrials;
    private double _trials = SupposedTrials;
    private int _minutes;

    /// <summary>
    /// With one standard error added: the little that is known of a new channel must not look exact. Not below the supposed rate
    /// after one lucky minute.
    /// </summary>
    public double FaultRate =>
        Math.Max(_minutes < FewestMinutes ? SupposedRate : 0, Mean) + Math.Sqrt(Mean * (1 - Mean) / _trials);

    /// <summary>Pearson's dispersion of the minutes, averaged.</summary>
    public double Dispersion { get; private set; } = 1;

    private double Mean => Math.Max(LeastRate, _faults / _trials);

    public void EndMinute(Trials minute)
    {
        _waiting.Enqueue(minute);
        if (_waiting.Count > Lag)
        {
            Learn(_waiting.Dequeue());
        }
    }

    private void Learn(Trials minute)
    {
        if (minute.All == 0)
        {
            return;
        }

        var expected = minute.All * Mean;
        if (expected >= FewestForDispersion)
        {
            var surprise = (minute.Faults - expected) * (minute.Faults - expected) / (expected * (1 - Mean));
            Dispersion = Math.Max(1, Dispersion + (DispersionWeight * (Math.Min(surprise, 10) - Dispersion)));
        }

        _minutes++;
        _faults = (_faults * KeptPerMinute) + minute.Faults;
        _trials = (_trials * KeptPerMinute) + minute.All;
    }
}
