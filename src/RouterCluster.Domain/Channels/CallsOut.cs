namespace RouterCluster.Domain.Channels;

/// <summary>
/// The calls to one channel that run on one node, over all owners of the channel on that node: a call outlives its owner.
/// May be used from any thread.
/// </summary>
public sealed class CallsOut
{
    private readonly Lock _lock = new();
    private int _running;
    private TimeSpan _lingerUntil = TimeSpan.MinValue;

    public void Begin()
    {
        lock (_lock)
        {
            _running++;
        }
    }

    /// <param name="linger">How long the company may still count the call; zero: it has sent its whole answer.</param>
    public void End(TimeSpan linger, TimeSpan now)
    {
        lock (_lock)
        {
            _running--;
            if (linger > TimeSpan.Zero && now + linger > _lingerUntil)
            {
                _lingerUntil = now + linger;
            }
        }
    }

    /// <summary>The company counts none of them any more.</summary>
    public bool HaveEnded(TimeSpan now)
    {
        lock (_lock)
        {
            return _running == 0 && now >= _lingerUntil;
        }
    }
}
