using System.Collections.Immutable;

namespace RouterCluster.Domain.Channels;

/// <summary>A maintenance of a channel that an operator has planned.</summary>
/// <param name="No">From 1, and never used again by the channel.</param>
public sealed record PlannedMaintenance(int No, MaintenancePlan Plan, DateTimeOffset At, string By, string Reason);

/// <summary>What operators have planned for a channel and is not over, in the order of the numbers.</summary>
public sealed record PlannedMaintenances(ImmutableArray<PlannedMaintenance> All, int LastNo)
{
    /// <summary>Every report to routers carries them, ten a second.</summary>
    public const int Most = 20;

    public static readonly PlannedMaintenances None = new([], 0);

    /// <summary>When the next one leaves the list; null: only operators take any of them out.</summary>
    public DateTimeOffset? NextEnd => All.Min(one => one.Plan.Window.FinalEnd);

    public ImmutableArray<NumberedPlan> Numbered => [.. All.Select(one => new NumberedPlan(one.No, one.Plan))];

    public ChangeRefusal? RefusalOf(ChannelChange change)
    {
        if (change.Unplan > LastNo)
        {
            return ChangeRefusal.NoSuchMaintenance;
        }

        return change.Plan is { } plan && All.Length >= Most && Find(plan) is null ? ChangeRefusal.TooManyMaintenances : null;
    }

    /// <summary>Somebody has taken it back before, or it is over.</summary>
    public bool IsDone(ChannelChange change) => change.Unplan is { } no && All.All(one => one.No != no);

    /// <summary>The same times are planned once: the later reason is in force.</summary>
    public ChannelChange WithNumber(ChannelChange change) =>
        change.Plan is { } plan ? change with { PlanNo = Find(plan)?.No ?? LastNo + 1 } : change;

    public PlannedMaintenances Apply(ChannelAdjusted adjusted)
    {
        var change = adjusted.Change;
        if (change.Plan is null && change.Unplan is null)
        {
            return this;
        }

        var left = All.Where(one => one.No != change.Unplan && one.No != change.PlanNo);
        if (change.Plan is not { } plan)
        {
            return this with { All = [.. left] };
        }

        var added = new PlannedMaintenance(change.PlanNo, plan, adjusted.At, change.By, change.Reason);
        return new PlannedMaintenances([.. left.Append(added).OrderBy(one => one.No)], Math.Max(LastNo, added.No));
    }

    /// <summary>The change that takes out one that will not come again; null: there is none.</summary>
    public ChannelChange? EndedAt(DateTimeOffset now) =>
        All.FirstOrDefault(one => one.Plan.Window.FinalEnd <= now) is { } over
            ? new ChannelChange(ChannelChange.Router, $"the maintenance that {over.By} planned is over") { Unplan = over.No }
            : null;

    private PlannedMaintenance? Find(MaintenancePlan plan) => All.FirstOrDefault(one => one.Plan == plan);
}
