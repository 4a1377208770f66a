using System.Collections.Immutable;
using System.Diagnostics;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Channels.Codec.Stored;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Channels.Codec;

/// <summary>
/// Local times in whole milliseconds: of a window that comes once from the beginning of 1970 in its own zone, of a weekly one
/// from midnight. Days are bits, the first one Sunday's.
/// </summary>
internal static class MaintenanceCodec
{
    public static StoredPlannedMaintenance ToStored(PlannedMaintenance planned) => new()
    {
        No = planned.No, Plan = ToStored(planned.Plan), At = planned.At.ToStored(), By = planned.By, Reason = planned.Reason,
    };

    public static PlannedMaintenance ToPlanned(StoredPlannedMaintenance stored) =>
        new(stored.No, ToPlan(stored.Plan.Required()), stored.At.ToTime(), stored.By, stored.Reason);

    public static StoredMaintenancePlan ToStored(MaintenancePlan plan)
    {
        var stored = plan.Window switch
        {
            MaintenanceWindow.Once once => new StoredMaintenancePlan
            {
                Zone = once.Zone.Id, From = ToStored(once.From), Until = ToStored(once.Until),
            },
            MaintenanceWindow.Weekly weekly => new StoredMaintenancePlan
            {
                Zone = weekly.Zone.Id, From = ToStored(weekly.From), Until = ToStored(weekly.Until),
                Days = weekly.Days.Sum(day => 1 << (int)day),
            },
            _ => throw new UnreachableException($"{plan.Window.GetType().Name} has no stored form."),
        };
        if (plan.Bank is { } bank)
        {
            stored.Bank = bank;
        }

        return stored;
    }

    /// <exception cref="InvalidDataException">This machine does not know the time zone.</exception>
    public static MaintenancePlan ToPlan(StoredMaintenancePlan stored)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(stored.Zone, out var zone))
        {
            throw new InvalidDataException($"The time zone {stored.Zone} of a planned maintenance is not known here.");
        }

        return new MaintenancePlan(
            stored.Days == 0
                ? new MaintenanceWindow.Once(ToLocal(stored.From), ToLocal(stored.Until), zone)
                : new MaintenanceWindow.Weekly(ToDays(stored.Days), ToTimeOfDay(stored.From), ToTimeOfDay(stored.Until), zone),
            stored.HasBank ? stored.Bank : null);
    }

    private static long ToStored(DateTime local) => (long)(local - DateTime.UnixEpoch).TotalMilliseconds;

    private static long ToStored(TimeOnly time) => (long)time.ToTimeSpan().TotalMilliseconds;

    private static DateTime ToLocal(long stored) => new DateTime(1970, 1, 1).AddMilliseconds(stored);

    private static TimeOnly ToTimeOfDay(long stored) => TimeOnly.FromTimeSpan(TimeSpan.FromMilliseconds(stored));

    private static ImmutableHashSet<DayOfWeek> ToDays(int stored) =>
        [.. Enum.GetValues<DayOfWeek>().Where(day => (stored & (1 << (int)day)) != 0)];
}
