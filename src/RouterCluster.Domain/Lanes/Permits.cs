namespace RouterCluster.Domain.Lanes;

/// <param name="Generation">The breaker's at the call's start: a call of an older generation does not count for it.</param>
public readonly record struct Permit(long Id, long Generation, bool IsProbe);

/// <remarks>Ids start at the clock's ticks, so that late ends of a predecessor's calls free no permit of this lane.</remarks>
internal sealed class Permits(TimeSpan now)
{
    private readonly HashSet<Permit> _running = [];
    private readonly PriorityQueue<Permit, TimeSpan> _lingering = new();
    private long _lastId = now.Ticks;

    public int InUse => _running.Count + _lingering.Count;

    public TimeSpan? NextReturn => _lingering.TryPeek(out _, out var until) ? until : null;

    /// <remarks>Law 6.4.</remarks>
    public Permit Take(long generation, bool isProbe)
    {
        var permit = new Permit(++_lastId, generation, isProbe);
        _running.Add(permit);
        return permit;
    }

    public bool TryReturn(Permit permit, TimeSpan linger, TimeSpan now)
    {
        if (!_running.Remove(permit))
        {
            return false;
        }

        if (linger > TimeSpan.Zero)
        {
            _lingering.Enqueue(permit, now + linger);
        }

        return true;
    }

    public void Advance(TimeSpan now)
    {
        while (_lingering.TryPeek(out _, out var until) && until <= now)
        {
            _lingering.Dequeue();
        }
    }
}
