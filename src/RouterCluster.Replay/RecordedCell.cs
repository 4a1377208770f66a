namespace RouterCluster.Replay;

/// <summary>Outcomes of one channel in one segment: in the open bucket, and before it.</summary>
internal sealed class RecordedCell
{
    private const double Prior = 0.95;

    // Weight of earlier outcomes, so that two failed attempts in a bucket do not look like an outage.
    private const double PriorAttempts = 10;
    private const int MostLatencies = 1000;

    private readonly List<double> _latenciesMs = [];
    private double _success = Prior;
    private double? _p50Ms;
    private double? _p95Ms;
    private long _attempts;
    private long _successes;

    public void Add(bool succeeded, TimeSpan? latency)
    {
        _attempts++;
        _successes += succeeded ? 1 : 0;
        if (latency is { } time && _latenciesMs.Count < MostLatencies)
        {
            _latenciesMs.Add(Math.Max(0, time.TotalMilliseconds));
        }
    }

    public (double Success, double? P50Ms, double? P95Ms, long Seen) Close()
    {
        _success = (_successes + (PriorAttempts * _success)) / (_attempts + PriorAttempts);
        if (_latenciesMs.Count > 0)
        {
            _latenciesMs.Sort();
            (_p50Ms, _p95Ms) = (Quantile(0.5), Quantile(0.95));
        }

        var seen = _attempts;
        (_attempts, _successes) = (0, 0);
        _latenciesMs.Clear();
        return (_success, _p50Ms, _p95Ms, seen);
    }

    private double Quantile(double share) => _latenciesMs[(int)(share * (_latenciesMs.Count - 1))];
}
