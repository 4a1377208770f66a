namespace RouterCluster.Node.Platform.Http;

/// <summary>A token bucket that starts full and holds one second's worth.</summary>
internal sealed class Rate(double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _most = Math.Max(1, perSecond);
    private double _tokens = Math.Max(1, perSecond);
    private long _filledAt = time.GetTimestamp();

    /// <summary>Null when there was a token; else the time until there is one.</summary>
    public TimeSpan? Take()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(_most, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
            _filledAt = now;
            if (_tokens < 1)
            {
                return TimeSpan.FromSeconds((1 - _tokens) / perSecond);
            }

            _tokens--;
            return null;
        }
    }
}
