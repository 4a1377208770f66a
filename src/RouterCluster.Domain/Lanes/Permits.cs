namespace RouterCluster.Domain.Lanes;

/// <summary>The right to have one call in flight.</summary>
/// <param name="Generation">
/// The breaker's generation when the call started: a call of an older generation does not count for the breaker.
/// </param>
public readonly record struct Permit(long Id, long Generation, bool IsProbe);

/// <summary>The calls in flight, and the calls whose connection the channel may not have seen closed yet.</summary>
/// <remarks>
/// Ids start at the clock's ticks: after a restart of the lane, the late end of a call that its predecessor started has an
/// unknown id and frees no other call's permit.
/// </remarks>
internal sealed class Permits(TimeSpan now)
{
    private readonly HashSet<Permit> _running = [];
    private readonly PriorityQueue<Permit, TimeSpan> _lingering = new();
    private long _lastId = now.Ticks;

    public int InUse => _running.Count + _lingering.Count;

    /// <summary>When the next lingering permit comes back.</summary>
    public TimeSpan? NextReturn => _lingering.TryPeek(out _, out var until) ? until : null;

    public Permit Take(long generation, bool isProbe)
    {
        var permit = new Permit(++_lastId, generation, isProbe);
        _running.Add(permit);
        return permit;
    }

    /// <summary>False: the permit is not out, and nothing changed.</summary>
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
