using RouterCluster.Domain.Channels;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// They disable, drain, isolate, change budgets and rates, take overrides back, and put everything right in the end.
/// </summary>
internal sealed class SimulatedOperators(Life life)
{
    private readonly Chance _chance = new(life.Scenario.Seed, "operators");

    public void Plan(double until)
    {
        for (var changes = _chance.Below(8); changes > 0; changes--)
        {
            var (at, channel) = (_chance.Seconds(0, until), _chance.Any(life.Channels));
            var change = Any();
            life.Time.After(at, () => Make(channel, change.Kind, change.Change));
        }

        life.Time.After(until + 1, PutRight);
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
