namespace RouterCluster.Simulation.Tests.Law;

/// <summary>
/// Chapter 6, one lane in one life: a channel that refuses calls as too many is left alone for as long as it asks, and gets
/// fewer calls after that.
/// </summary>
internal sealed class Throttling(string name, Coverage coverage)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>The contract leaves open how the last second is counted, and lets a few calls go at once.</summary>
    private const double Least = 6;
    private const double Freedom = 1.6;

    private readonly Queue<TimeSpan> _taken = new();
    private TimeSpan _pausedUntil = TimeSpan.MinValue;
    private TimeSpan _cutAt = TimeSpan.MinValue;
    private double _most;
    private int _started;

    public void Starts(TimeSpan now)
    {
        if (now < _pausedUntil)
        {
            throw new LawBroken(
                Clause.PausesAreKept, null,
                $"{name}: a call starts at {now}, and it is to pause until {_pausedUntil}");
        }

        if (_cutAt == TimeSpan.MinValue)
        {
            return;
        }

        coverage.Met(Situation.CallAfterPause);
        if (now - _cutAt > Second)
        {
            return;
        }

        coverage.Met(Situation.CallAfterThrottling);
        if (++_started > _most)
        {
            throw new LawBroken(
                Clause.ThrottledIsSlower, null,
                $"{name}: {_started} calls start within a second after it was throttled, of {_most:0.0}");
        }
    }

    /// <summary>The channel has taken a call in, whatever became of it.</summary>
    public void Taken(TimeSpan now) => _taken.Enqueue(now);

    /// <param name="startedAt">A call that was on its way when the rate was cut says nothing of the rate since.</param>
    /// <param name="pause">As the channel asks.</param>
    public void Throttled(TimeSpan startedAt, TimeSpan? pause, TimeSpan longestPause, TimeSpan now)
    {
        var asked = pause is { } wanted ? (wanted < longestPause ? wanted : longestPause) : TimeSpan.Zero;
        Pause(asked, now);
        if (startedAt < _cutAt)
        {
            return;
        }

        Pause(ShortestPause, now);
        while (_taken.TryPeek(out var first) && now - first > Second + TimeSpan.FromSeconds(0.2))
        {
            _taken.Dequeue();
        }

        (_cutAt, _started) = (now, 0);
        _most = Math.Ceiling((Freedom * Math.Max(Least, 0.8 * (_taken.Count + 2))) + 4);
    }

    /// <summary>An operator knows better.</summary>
    public void Resumed() => _pausedUntil = TimeSpan.MinValue;

    private void Pause(TimeSpan pause, TimeSpan now) => _pausedUntil = now + pause > _pausedUntil ? now + pause : _pausedUntil;
}
