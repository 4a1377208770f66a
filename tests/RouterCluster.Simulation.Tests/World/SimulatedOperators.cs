using RouterCluster.Domain.Channels;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// They disable, drain, isolate, change budgets and rates, for good or for a time, take overrides back, and put everything right
/// in the end.
/// </summary>
internal sealed class SimulatedOperators(Life life)
{
    private readonly Chance _chance = new(life.Scenario.Seed, "operators");
    private readonly Chance _timed = new(life.Scenario.Seed, "operators for a time");

    public void Plan(double until)
    {
        for (var changes = _chance.Below(8); changes > 0; changes--)
        {
            var (at, channel) = (_chance.Seconds(0, until), _chance.Any(life.Channels));
            var change = Any();
            life.Time.After(at, () => Make(channel, change.Kind, change.Change));
        }

        for (var changes = _timed.Below(6); changes > 0; changes--)
        {
            var (at, channel) = (_timed.Seconds(0, until), _timed.Any(life.Channels));
            var change = AnyForATime();
            life.Time.After(at, () => Make(channel, FaultKind.OperatorActsForATime, change));
        }

        life.Time.After(until + 1, PutRight);
    }

    private ChannelChange AnyForATime()
    {
        var change = Change() with { For = TimeSpan.FromMilliseconds(500 + _timed.Below(20_000)) };
        return _timed.Below(5) switch
        {
            0 => change with { Lifecycle = ChannelLifecycle.Disabled },
            1 => change with { Lifecycle = ChannelLifecycle.Draining, SubmitConcurrency = 1 + _timed.Below(8) },
            2 => change with { Isolated = true, QueryConcurrency = 1 + _timed.Below(4) },
            3 => change with { SubmitRatePerSecond = 1 + _timed.Below(50), Weight = 1 },
            _ => change with { SubmitConcurrency = 1 + _timed.Below(8), QueryRatePerSecond = 10 },
        };
    }

    private (FaultKind Kind, ChannelChange Change) Any() => _chance.Below(9) switch
    {
        0 => (FaultKind.OperatorDisables, Change() with { Lifecycle = ChannelLifecycle.Disabled }),
        1 => (FaultKind.OperatorDisables, Change() with { Lifecycle = ChannelLifecycle.Active }),
        2 => (FaultKind.OperatorDrains, Change() with { Lifecycle = ChannelLifecycle.Draining }),
        3 => (FaultKind.OperatorIsolates, Change() with { Isolated = true }),
        4 => (FaultKind.OperatorIsolates, Change() with { Isolated = false }),
        5 => (FaultKind.OperatorChangesBudget, Change() with { SubmitConcurrency = 1 + _chance.Below(8) }),
        6 => (FaultKind.OperatorChangesBudget, Change() with { SubmitRatePerSecond = 1 + _chance.Below(50), Weight = 1 }),
        7 => (
            FaultKind.OperatorChangesBudget,
            Change() with { Resets = OverrideKeys.SubmitConcurrency | OverrideKeys.Weight }),
        _ => (
            FaultKind.OperatorChangesBudget, Change() with { QueryConcurrency = 1 + _chance.Below(4), QueryRatePerSecond = 20 }),
    };

    private void Make(SimulatedChannel channel, FaultKind kind, ChannelChange change)
    {
        if (life.Faults.Strike(kind))
        {
            channel.Adjust(change, insists: false);
        }
    }

    private void PutRight()
    {
        foreach (var channel in life.Channels)
        {
            channel.Adjust(Change() with { Lifecycle = ChannelLifecycle.Active, Isolated = false }, insists: true);
        }
    }

    private static ChannelChange Change() => new("alice", "simulated");
}
