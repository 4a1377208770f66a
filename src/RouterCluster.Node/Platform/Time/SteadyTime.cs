using RouterCluster.Domain.Books;

namespace RouterCluster.Node.Platform.Time;

/// <summary>
/// The machine's time without its leaps, for everything in the node: see <see cref="ClockGuard"/>. Timers and timestamps
/// are the machine's own, which do not leap.
/// </summary>
public sealed class SteadyTime(TimeProvider machine, ClockGuard guard) : TimeProvider
{
    /// <summary>The machine's two clocks, leaps included.</summary>
    public RouterClock Machine { get; } = new(machine);

    /// <summary>False: nothing may be decided, and no time stored.</summary>
    public bool Agrees => guard.Read(Machine.Now).Agrees;

    /// <summary>Null when the clocks agree.</summary>
    public string? Problem => guard.Problem(Machine.Now);

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public void Compare(ClockComparison seen) => guard.Compare(seen);

    public void Slept(TimeSpan time) => guard.Slept(time);

    public override DateTimeOffset GetUtcNow() => guard.Read(Machine.Now).Utc;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
