using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// They disable, drain, isolate, exclude, plan maintenance, change budgets and rates, for good or for a time, take overrides
/// back, and put everything right in the end.
/// </summary>
internal sealed class SimulatedOperators(Life life)
{
    private const int MostExclusions = 6;
    private const int MostPlans = 5;

    private readonly Chance _chance = new(life.Scenario.Seed, "operators");
    private readonly Chance _parts = new(life.Scenario.Seed, "operators exclude");
    private readonly Chance _plans = new(life.Scenario.Seed, "operators plan");
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

        for (var changes = _parts.Below(MostExclusions + 1); changes > 0; changes--)
        {
            var (at, channel) = (_parts.Seconds(0, until), _parts.Any(life.Channels));
            var change = _parts.Of(0.2)
                ? Change() with { Include = 1 + _parts.Below(2) }
                : Change() with { Exclude = AnyPart(), For = _parts.Of(0.3) ? TimeSpan.FromSeconds(1 + _parts.Below(20)) : null };
            life.Time.After(at, () => Make(channel, FaultKind.OperatorExcludes, change));
        }

        for (var plans = _plans.Below(MostPlans + 1); plans > 0; plans--)
        {
            var (at, channel) = (_plans.Seconds(0, until), _plans.Any(life.Channels));
            var change = _plans.Of(0.2)
                ? Change() with { Unplan = 1 + _plans.Below(2) }
                : Change() with { Plan = AnyMaintenance(at) };
            life.Time.After(at, () => Make(channel, FaultKind.OperatorPlansMaintenance, change));
        }

        life.Time.After(until + 1, PutRight);
    }

    private MaintenancePlan AnyMaintenance(double at)
    {
        var from = LifeSettings.Birth.UtcDateTime.AddSeconds(at + _plans.Below(20));
        var window = new MaintenanceWindow.Once(from, from.AddSeconds(5 + _plans.Below(30)), TimeZoneInfo.Utc);
        return new MaintenancePlan(window, _plans.Of(0.4) ? _plans.Any(LifeSettings.Banks) : null);
    }

    private ExclusionScope AnyPart()
    {
        var all = new ExclusionScope(null, null, null, null, null);
        var amount = 1 + _parts.Below(800);
        return _parts.Below(5) switch
        {
            0 => all with { Bank = _parts.Any(LifeSettings.Banks) },
            1 => all with { Product = _parts.Of(0.5) ? Product.Withhold : Product.Payout, Bank = _parts.Any(LifeSettings.Banks) },
            2 => all with { Merchant = _parts.Any(LifeSettings.Merchants) },
            3 => all with { From = amount, To = amount + _parts.Below(2000) },
            _ => all with { To = amount },
        };
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
            for (var no = 1; no <= MostExclusions; no++)
            {
                channel.Adjust(Change() with { Include = no }, insists: true);
            }

            for (var no = 1; no <= MostPlans; no++)
            {
                channel.Adjust(Change() with { Unplan = no }, insists: true);
            }
        }
    }

    private static ChannelChange Change() => new("alice", "simulated");
}
