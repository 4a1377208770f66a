using RouterCluster.Domain.Books;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One machine with its process: a clock that may leap, a monotonic one that never goes back and began at another moment
/// than the others', and a router. Books and channels come and go.
/// </summary>
internal sealed class Node
{
    private readonly Life _life;
    private readonly Chance _chance;
    private readonly TimeSpan _bootedBefore;
    private int _starts;

    public Node(Life life, int number)
    {
        _life = life;
        Number = number;
        _chance = new Chance(life.Scenario.Seed, "node", number);
        _bootedBefore = TimeSpan.FromSeconds(1000 + (number * 4000));
        Router = NewRouter();
    }

    public int Number { get; }

    /// <summary>By how much the wall clock is off.</summary>
    public TimeSpan Offset { get; private set; }

    public bool IsUp { get; private set; } = true;

    public SimulatedRouter Router { get; private set; }

    public TimeSpan Monotonic => _bootedBefore + _life.Time.Now;

    public DateTimeOffset Utc => LifeSettings.Birth + _life.Time.Now + Offset;

    public BookTime Now => new(Utc, Monotonic);

    /// <summary>What can go wrong with the machine while faults happen.</summary>
    public void Plan(double until)
    {
        if (_life.Faults.Strike(FaultKind.ClockOff, _chance, 0.5))
        {
            Offset = Seconds(_chance.Seconds(-1, 1));
        }

        if (_chance.Of(0.3))
        {
            var (at, leap) = (_chance.Seconds(0, until), Seconds(_chance.Seconds(-300, 300)));
            _life.Time.After(at, () => Leap(leap));
        }

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

        _life.Story?.Tell($"node {Number} dies ({kind})");
        IsUp = false;
        _life.StopAllOn(this);
        _life.Time.After(_chance.Seconds(0.5, 4), () =>
        {
            IsUp = true;
            Router = NewRouter();
        });
        return true;
    }

    public void SetClockRight() => Offset = TimeSpan.Zero;

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
