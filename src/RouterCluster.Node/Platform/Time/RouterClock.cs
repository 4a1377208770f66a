using RouterCluster.Domain.Books;

namespace RouterCluster.Node.Platform.Time;

/// <summary>Both clocks of one <see cref="TimeProvider"/>: UTC in whole milliseconds, and a monotonic one from start-up.</summary>
public sealed class RouterClock(TimeProvider provider)
{
    private readonly long _startedAt = provider.GetTimestamp();

    public TimeProvider Provider => provider;

    /// <summary>Whole milliseconds, so that times in memory equal stored times.</summary>
    public DateTimeOffset Utc => DateTimeOffset.FromUnixTimeMilliseconds(provider.GetUtcNow().ToUnixTimeMilliseconds());

    public TimeSpan Monotonic => provider.GetElapsedTime(_startedAt);

    public BookTime Now => new(Utc, Monotonic);

    /// <summary>False: the wall clock is not reliable, so nothing may be decided by it.</summary>
    public bool Agrees => provider is not SteadyTime steady || steady.Agrees;
}
