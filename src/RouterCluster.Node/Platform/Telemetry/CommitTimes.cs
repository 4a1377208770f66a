namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>How long the last commits took, for the question whether storage is slow now.</summary>
public sealed class CommitTimes
{
    /// <summary>Readings that one answer covers.</summary>
    private const int Readings = 20;

    private const int MostPerReading = 1000;

    private readonly object _gate = new();
    private readonly Queue<List<double>> _past = new();
    private List<double> _seconds = [];

    /// <summary>Of more commits than fit, the first are taken.</summary>
    public void Add(double seconds)
    {
        lock (_gate)
        {
            if (_seconds.Count < MostPerReading)
            {
                _seconds.Add(seconds);
            }
        }
    }

    /// <summary>
    /// The time that 99 of 100 commits of the last readings did not exceed, or the second longest of few commits: a single
    /// one is an accident. Null: there were fewer than two.
    /// </summary>
    public TimeSpan? NextP99()
    {
        lock (_gate)
        {
            _past.Enqueue(_seconds);
            _seconds = [];
            if (_past.Count > Readings)
            {
                _past.Dequeue();
            }
        }

        var all = _past.SelectMany(reading => reading).OrderDescending().ToList();
        return all.Count < 2 ? null : TimeSpan.FromSeconds(all[Math.Max(1, all.Count / 100)]);
    }
}
