namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// Customers' faults at a channel without a success between, in the order of dispatch: what was sent before the row
/// began and succeeds late does not end it.
/// </summary>
internal struct DeclineRow
{
    private ArrivalGap _successes = new(0.03);
    private double _length;
    private double _beganS;
    private double _lastS;

    public DeclineRow()
    {
    }

    /// <param name="dispatchedS">When the attempt was sent that ended so.</param>
    /// <param name="belief">What it counts, 0–1.</param>
    public void Add(double dispatchedS, double belief)
    {
        _beganS = _length > 0 ? Math.Min(_beganS, dispatchedS) : dispatchedS;
        _lastS = _length > 0 ? Math.Max(_lastS, dispatchedS) : dispatchedS;
        _length += belief;
    }

    public void Break(double dispatchedS, double nowS)
    {
        if (_length == 0 || dispatchedS >= _beganS)
        {
            _length = 0;
            _successes.Add(nowS);
        }
    }

    /// <summary>There are so many of them, and in their time so many successes should have come.</summary>
    public readonly bool Replace(double faults, double successes) =>
        _length > faults && _lastS - _beganS > successes * _successes.MeanS;
}
