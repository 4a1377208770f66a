using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>A part of a channel that is switched off, read without the router's code.</summary>
/// <param name="End">Null: nothing ends it but an operator.</param>
internal sealed record ExcludedPart(ExclusionScope Scope, TimeSpan Since, DateTimeOffset? End)
{
    public bool Has(string merchant, Product product, string? bank, long amount)
    {
        if (Scope.Merchant is { Value: var only } && only != merchant)
        {
            return false;
        }

        if (Scope.Product is { } kind && kind != product)
        {
            return false;
        }

        if (Scope.Bank is { } house && house != bank)
        {
            return false;
        }

        return amount >= (Scope.From ?? 0) && amount <= (Scope.To ?? long.MaxValue);
    }
}

/// <summary>A maintenance that operators have planned, read without the router's code.</summary>
/// <param name="Since">When it was stored.</param>
internal sealed record PlannedTime(MaintenancePlan Plan, TimeSpan Since)
{
    public DateTimeOffset From => Utc(Once.From);

    public DateTimeOffset Until => Utc(Once.Until);

    private MaintenanceWindow.Once Once => (MaintenanceWindow.Once)Plan.Window;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}

/// <summary>
/// What operators have decided of one channel, as a reader of its stored events puts it together: what stays, and over it what
/// was set for a time.
/// </summary>
/// <param name="Last">The change that led to this; null before the first one.</param>
internal sealed record OperatorFacts(
    ChannelSetup Setup, ChannelChange? Last, ImmutableDictionary<OverrideKeys, double> Stays,
    ImmutableDictionary<OverrideKeys, (double Value, DateTimeOffset End)> Timed)
{
    public ImmutableDictionary<int, ExcludedPart> Excluded { get; init; } = ImmutableDictionary<int, ExcludedPart>.Empty;

    public ImmutableDictionary<int, PlannedTime> Planned { get; init; } = ImmutableDictionary<int, PlannedTime>.Empty;

    private static readonly OverrideKeys[] Keys = [.. OverrideNames.All, .. OverrideNames.Switches];

    public ChannelLifecycle Lifecycle => (ChannelLifecycle)(int)Value(OverrideKeys.Lifecycle, (int)ChannelLifecycle.Active);

    public bool IsIsolated => Value(OverrideKeys.Isolated, 0) == 1;

    public double Weight => Value(OverrideKeys.Weight, Setup.Routed.Weight);

    private (int Concurrency, double Rate) Submit => (
        (int)Value(OverrideKeys.SubmitConcurrency, Setup.Submit.Concurrency),
        Value(OverrideKeys.SubmitRatePerSecond, Setup.Submit.RatePerSecond));

    private (int Concurrency, double Rate) Query => (
        (int)Value(OverrideKeys.QueryConcurrency, Setup.Query.Concurrency),
        Value(OverrideKeys.QueryRatePerSecond, Setup.Query.RatePerSecond));

    public static OperatorFacts Of(ChannelSetup setup) => new(
        setup, null, ImmutableDictionary<OverrideKeys, double>.Empty,
        ImmutableDictionary<OverrideKeys, (double, DateTimeOffset)>.Empty);

    public OperatorFacts After(ChannelAdjusted adjusted, TimeSpan now)
    {
        var change = adjusted.Change;
        var (stays, timed) = (Stays, Timed);
        foreach (var key in Keys)
        {
            if (change.Ended.HasFlag(key))
            {
                timed = timed.Remove(key);
                continue;
            }

            if (change.Resets.HasFlag(key))
            {
                (stays, timed) = (stays.Remove(key), timed.Remove(key));
            }

            if (change.ValueOf(key) is not { } value)
            {
                continue;
            }

            (stays, timed) = change.For is { } time
                ? (stays, timed.SetItem(key, (value, adjusted.At + time)))
                : (stays.SetItem(key, value), timed.Remove(key));
        }

        var excluded = change.Include is { } no ? Excluded.Remove(no) : Excluded;
        if (change.Exclude is { } scope)
        {
            var since = excluded.TryGetValue(change.ExcludeNo, out var known) ? known.Since : now;
            excluded = excluded.SetItem(change.ExcludeNo, new ExcludedPart(scope, since, adjusted.At + change.For));
        }

        var planned = change.Unplan is { } over ? Planned.Remove(over) : Planned;
        if (change.Plan is { } plan)
        {
            var since = planned.TryGetValue(change.PlanNo, out var known) ? known.Since : now;
            planned = planned.SetItem(change.PlanNo, new PlannedTime(plan, since));
        }

        return this with { Last = change, Stays = stays, Timed = timed, Excluded = excluded, Planned = planned };
    }

    public (int Concurrency, double Rate) Of(ChannelLane lane) => lane == ChannelLane.Submit ? Submit : Query;

    public static (int Concurrency, double Rate) Limits(LaneSettings lane) => (lane.Concurrency, lane.RatePerSecond);

    private double Value(OverrideKeys key, double usual) =>
        Timed.TryGetValue(key, out var timed) ? timed.Value : Stays.GetValueOrDefault(key, usual);
}
