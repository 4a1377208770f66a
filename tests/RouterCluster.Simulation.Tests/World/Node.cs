using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One machine with its process: a clock that may leap, a monotonic one that never goes back and began at another moment
/// than the others', and a router. Books and channels come and go.
/// </summary>
internal sealed class Node
{
    /// <summary>Between the last moment at which a stopped process may believe its lease and the timeout of its calls.</summary>
    private const double ShortestPause = 3;
    private const double LongestPause = 7;

    private readonly Life _life;
    private readonly Chance _chance;
    private readonly Chance _deaths;
    private readonly Dictionary<ChannelId, CallsOut> _calls = [];
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _bootedBefore;
    private readonly ClockGuard? _guard;
    private TimeSpan? _comparedAt;
    private (TimeSpan At, TimeSpan Offset) _readAt = (TimeSpan.MinValue, TimeSpan.Zero);
    private GuardedTime _read;
    private int _starts;

    public Node(Life life, int number)
    {
        _life = life;
        Number = number;
        _chance = new Chance(life.Scenario.Seed, "node", number);
        _bootedBefore = TimeSpan.FromSeconds(1000 + (number * 4000));

        // The other lives have nodes that notice no leap: a book has to live with what a guard lets through.
        _guard = IsGuarded(life) ? new ClockGuard(LifeSettings.MaxClockSkew, databaseIsWitness: true) : null;
        Router = NewRouter();
        _deaths = new Chance(life.Scenario.Seed, "deaths", number);
        Lease = new NodeLease(life, this, _starts);
    }

    public int Number { get; }

    /// <summary>By how much the wall clock is off.</summary>
    public TimeSpan Offset { get; private set; }

    public bool IsUp { get; private set; } = true;

    public SimulatedRouter Router { get; private set; }

    /// <summary>Of the node's present run.</summary>
    public NodeLease Lease { get; private set; }

    /// <summary>Storage does not answer.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>What has become of the connections of a node that is down.</summary>
    public Death Death { get; private set; }

    /// <summary>A stopped process goes on then, where it was.</summary>
    public TimeSpan FrozenUntil { get; private set; }

    public TimeSpan Monotonic => _bootedBefore + _life.Time.Now;

    public DateTimeOffset Utc => Read().Utc;

    /// <summary>False: the node decides nothing.</summary>
    public bool ClockAgrees => Read().Agrees;

    public BookTime Now => new(Utc, Monotonic);

    /// <summary>Leaps included.</summary>
    public ClaimTime Clocks => new(Machine.Utc, Machine.Monotonic);

    private BookTime Machine => new(LifeSettings.Birth + _life.Time.Now + Offset, Monotonic);

    /// <summary>In half of the lives nodes look at their clocks as the real ones do.</summary>
    public static bool IsGuarded(Life life) => life.Scenario.Seed % 2 == 0;

    /// <summary>What can go wrong with the machine while faults happen.</summary>
    public void Plan(double until)
    {
        if (_life.Faults.Strike(FaultKind.ClockOff, _chance, 0.5))
        {
            Offset = LifeSettings.MaxClockSkew * _chance.Seconds(-1, 1);
        }

        if (_chance.Of(0.3))
        {
            var (at, leap) = (_chance.Seconds(0, until), Seconds(_chance.Seconds(-300, 300)));
            _life.Time.After(at, () => Leap(leap));
        }

        PlanDayLeap(until);

        PlanCutOffs(until);

        for (var crashes = _chance.Below(3); crashes > 0; crashes--)
        {
            _life.Time.After(_chance.Seconds(0, until), () => CrashIf(FaultKind.NodeCrashes));
        }
    }

    /// <summary>The process dies this very moment, if such a fault may happen.</summary>
    public bool CrashIf(FaultKind kind)
    {
        if (!IsUp || !_life.Faults.Strike(kind))
        {
            return false;
        }

        Die($"{kind}");
        return true;
    }

    public void Die(string why)
    {
        var down = _chance.Seconds(0.5, 4);
        Death = Death.ProcessDied;
        if (_life.Faults.Strike(FaultKind.MachineLost, _deaths, 0.3))
        {
            Death = Death.MachineLost;
        }
        else if (_life.Faults.Strike(FaultKind.NodePaused, _deaths, 0.3))
        {
            Death = Death.Paused;
            var longest = Lease.CallsLastFor(LifeSettings.SubmitTimeout).TotalSeconds;
            down = Math.Min(_deaths.Seconds(ShortestPause, LongestPause), longest);
            FrozenUntil = _life.Time.Now + Seconds(down);
        }

        _life.Story?.Tell($"node {Number} is down for {down:0.0} s, {Death}: {why}");
        IsUp = false;
        _life.StopAllOn(this);
        _calls.Clear();
        _life.Time.After(down, () =>
        {
            IsUp = true;
            Router = NewRouter();
            Lease = new NodeLease(_life, this, _starts);
        });
    }

    public CallsOut CallsTo(ChannelId channel)
    {
        if (!_calls.TryGetValue(channel, out var calls))
        {
            _calls[channel] = calls = new CallsOut();
        }

        return calls;
    }

    public void SetRight() => (Offset, IsCutOff) = (TimeSpan.Zero, false);

    /// <summary>Storage is away for a moment, or for longer than a lease lasts; drawn apart from all else.</summary>
    private void PlanCutOffs(double until)
    {
        var chance = new Chance(_life.Scenario.Seed, "cut off", Number);
        for (var times = chance.Below(3); times > 0; times--)
        {
            var (at, lasts) = (chance.Seconds(0, until), chance.Seconds(0.5, 8));
            _life.Time.After(at, () =>
            {
                IsCutOff = _life.Faults.Strike(FaultKind.StorageAway);
                _life.Time.After(lasts, () => IsCutOff = false);
            });
        }
    }

    /// <summary>A clock that is set a day off and right again, at once or a while later; drawn apart from all else.</summary>
    private void PlanDayLeap(double until)
    {
        var chance = new Chance(_life.Scenario.Seed, "day leap", Number);
        if (_guard is null || !chance.Of(0.3))
        {
            return;
        }

        var day = TimeSpan.FromDays(chance.Of(0.5) ? 1 : -1);
        var (at, back) = (chance.Seconds(0, until), chance.Of(0.5) ? 0.01 : chance.Seconds(0, 20));
        _life.Time.After(at, () =>
        {
            var before = Offset;
            Leap(day);
            _life.Time.After(back, () => Offset = Offset == before + day ? before : Offset);
        });
    }

    /// <summary>Read several times in a moment, it says the same.</summary>
    private GuardedTime Read()
    {
        if (_readAt.At != _life.Time.Now || _readAt.Offset != Offset)
        {
            _readAt = (_life.Time.Now, Offset);
            _read = _guard is null ? new GuardedTime(Machine.Utc, Agrees: true) : Read(_guard);
        }

        return _read;
    }

    private GuardedTime Read(ClockGuard guard)
    {
        if (_comparedAt is not { } last || Monotonic - last >= CompareEvery)
        {
            _comparedAt = Monotonic;
            guard.Compare(new ClockComparison(Machine, LifeSettings.Birth + _life.Time.Now, Machine));
        }

        return guard.Read(Machine);
    }

    private void Leap(TimeSpan by)
    {
        if (_life.Faults.Strike(FaultKind.ClockLeaps))
        {
            _life.Story?.Tell($"the clock of node {Number} leaps by {by.TotalSeconds:0.0} s");
            Offset += by;
        }
    }

    private SimulatedRouter NewRouter() =>
        new(_life, this, new Chance(_life.Scenario.Seed, "router", (Number * 100) + _starts++));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

/// <summary>How the company sees a dead node's connections.</summary>
internal enum Death
{
    /// <summary>They close at once.</summary>
    ProcessDied,

    /// <summary>Nobody closes them: the company gives up after as long as a call may last.</summary>
    MachineLost,

    /// <summary>They close when the process goes on. Calls that had not left go on too.</summary>
    Paused,
}
