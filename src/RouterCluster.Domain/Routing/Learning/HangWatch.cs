namespace RouterCluster.Domain.Routing.Learning;

/// <summary>
/// Notices that a channel has stopped answering long before calls time out. Looks at each attempt once, at the age by which
/// nine in ten used to have ended, and in the order of dispatch: a burst of quick answers after a slow one proves nothing.
/// </summary>
internal struct HangWatch
{
    private const double LateAdds = 2.08;
    private const double InTimeTakes = 1.5;
    private const double Gain = 0.02;
    private const double Quantile = 0.9;

    // 0.14 s to 24.5 s, first 5 s.
    private static readonly double Shortest = Math.Log(0.14);
    private const double LongestS = 24.5;
    private double _logAge = Math.Log(5);

    public HangWatch()
    {
        AgeS = 5;
        Next = 0;
    }

    public double AgeS { get; private set; }

    public double Sum { get; private set; }

    public long Next { get; set; }

    /// <summary>After an alarm: the backlog behind it must not count against the channel when it is back.</summary>
    public void Forget() => Sum = 0;

    /// <param name="perSecond">Dispatches: in dense traffic each attempt needs to change the age only a little.</param>
    /// <param name="usualS">Time until the channel decides an order that it has taken; may be longer than a call lasts.</param>
    public void Look(bool isLate, double perSecond, bool learns, double usualS)
    {
        Sum = isLate ? Sum + LateAdds : Math.Max(0, Sum - InTimeTakes);
        if (learns)
        {
            var step = Gain * Math.Min(1, 20 / perSecond) * (isLate ? Quantile : Quantile - 1);
            _logAge = Math.Clamp(_logAge + step, Shortest, Math.Log(Math.Max(LongestS, usualS)));
            AgeS = Math.Exp(_logAge);
        }
    }
}
