namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// Customers' faults without a success between them. A late success from before the row began does not end it.
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

    /// <summary>The row is long enough, and so many successes were to be expected in its time.</summary>
    public readonly bool Replace(double faults, double successes) =>
        _length > faults && _lastS - _beganS > successes * _successes.MeanS;
}
