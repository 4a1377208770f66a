using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Lanes;

/// <param name="OpenFor">Counted from the moment of the output; zero unless open.</param>
/// <param name="Openings">Since it was last closed; each doubles the time that it stays open.</param>
public sealed record BreakerMemory(BreakerState State, TimeSpan OpenFor, int Openings)
{
    public static BreakerMemory Fresh { get; } = new(BreakerState.Closed, TimeSpan.Zero, 0);
}

/// <summary>
/// Opens on a channel's faults, then lets only probes through until the channel has proved itself. Only a call of the
/// present generation can change the state: late ends of older calls do not count.
/// </summary>
internal sealed class Breaker
{
    private static readonly TimeSpan LongestOpen = TimeSpan.FromSeconds(60);

    private readonly List<(long PermitId, TimeSpan StartedAt)> _probes = [];
    private LaneSettings _settings;
    private FaultWindow _window;
    private TimeSpan _openUntil;
    private int _openings;
    private int _endedProbes;
    private int _badProbes;

    public Breaker(LaneSettings settings, BreakerMemory memory, TimeSpan now)
    {
        _settings = settings;
        _window = new FaultWindow(settings.Breaker.Window);
        _openings = memory.Openings;
        State = memory.State;
        // Capped, because the time left was computed from a wall clock that may have jumped.
        _openUntil = now + Earlier(memory.OpenFor, Later(LongestOpen, settings.Breaker.OpenFor));
    }

    public BreakerState State { get; private set; }

    public long Generation { get; private set; } = 1;

    public bool IsClosed => State == BreakerState.Closed;

    public bool HasFailed => _openings > 0;

    public int FreeProbes => State == BreakerState.HalfOpen ? Math.Max(0, ProbeLimit - _probes.Count) : 0;

    private int ProbeLimit => Math.Max(1, _settings.Breaker.Probes);

    private TimeSpan ProbeTimeout => _settings.Timeout + _settings.Linger + _settings.Breaker.OpenFor;

    public BreakerMemory Memory(TimeSpan now) =>
        new(State, State == BreakerState.Open ? Later(_openUntil - now, TimeSpan.Zero) : TimeSpan.Zero, _openings);

    public TimeSpan? NextWake => State switch
    {
        BreakerState.Open => _openUntil,
        BreakerState.HalfOpen when _probes.Count > 0 => _probes[0].StartedAt + ProbeTimeout,
        _ => null,
    };

    public void Configure(LaneSettings settings)
    {
        _settings = settings;
        if (settings.Breaker.Window != _window.Length)
        {
            _window = new FaultWindow(settings.Breaker.Window);
        }
    }

    public bool Advance(TimeSpan now)
    {
        if (NextWake is not { } wake || wake > now)
        {
            return false;
        }

        // A probe that never ends is a fault: it must neither hold its place for ever nor pass for a success.
        return State == BreakerState.Open ? Enter(BreakerState.HalfOpen) : Open(now);
    }

    public void StartProbe(long permitId, TimeSpan now) => _probes.Add((permitId, now));

    /// <summary>True when it changed the state.</summary>
    /// <remarks>Law 6.6.</remarks>
    public bool Complete(Permit permit, CallVerdict verdict, TimeSpan now)
    {
        if (permit.Generation != Generation)
        {
            return false;
        }

        if (permit.IsProbe)
        {
            _probes.RemoveAll(probe => probe.PermitId == permit.Id);
        }

        return verdict switch
        {
            CallVerdict.Success or CallVerdict.Answered => IsClosed ? Count(false, now) : CountProbe(false, now),
            CallVerdict.Fault or CallVerdict.Refused => IsClosed ? Count(true, now) : CountProbe(true, now),
            CallVerdict.Throttled or CallVerdict.Neutral => false,
        };
    }

    /// <summary>A release by hand leads to half open, since no call has succeeded yet.</summary>
    public bool Isolate(bool isolated)
    {
        if (isolated == (State == BreakerState.Isolated))
        {
            return false;
        }

        return Enter(isolated ? BreakerState.Isolated : BreakerState.HalfOpen);
    }

    private bool Count(bool isFault, TimeSpan now)
    {
        _window.Add(isFault, now);
        var isSick = _window.Faults > 0
            && _window.Calls >= _settings.Breaker.MinimumCalls
            && _window.Faults >= _settings.Breaker.FailureRatio * _window.Calls;
        return isSick && Open(now);
    }

    /// <summary>
    /// Probes are held to the ratio that opens the breaker: one early fault is enough, but an unbroken row of successes is
    /// not needed.
    /// </summary>
    private bool CountProbe(bool isFault, TimeSpan now)
    {
        _endedProbes++;
        _badProbes += isFault ? 1 : 0;
        if (isFault && _badProbes >= _settings.Breaker.FailureRatio * _endedProbes)
        {
            return Open(now);
        }

        if (_endedProbes < ProbeLimit)
        {
            return false;
        }

        _openings = 0;
        _window.Clear();
        return Enter(BreakerState.Closed);
    }

    private bool Open(TimeSpan now)
    {
        _openings++;
        var openFor = _settings.Breaker.OpenFor;
        _openUntil = now + Later(openFor, Doubling.Of(openFor, _openings - 1, LongestOpen));
        return Enter(BreakerState.Open);
    }

    private bool Enter(BreakerState state)
    {
        State = state;
        Generation++;
        (_endedProbes, _badProbes) = (0, 0);
        _probes.Clear();
        return true;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
