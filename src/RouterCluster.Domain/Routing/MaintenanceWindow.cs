using System.Collections.Immutable;
using System.Diagnostics;

namespace RouterCluster.Domain.Routing;

/// <summary>In local time of a zone, as the company announced it.</summary>
public abstract record MaintenanceWindow
{
    private MaintenanceWindow()
    {
    }

    public sealed record Once(DateTime From, DateTime Until, TimeZoneInfo Zone) : MaintenanceWindow;

    /// <summary>Lasts into the next day where <paramref name="Until"/> is not after <paramref name="From"/>.</summary>
    public sealed record Weekly(ImmutableHashSet<DayOfWeek> Days, TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
        : MaintenanceWindow;

    public DateTimeOffset? EndOf(DateTimeOffset at) => this switch
    {
        Once once => End(once.From, once.Until, once.Zone, at),
        Weekly weekly => EndOf(weekly, at),
        _ => throw new UnreachableException(),
    };

    public static DateTimeOffset? LastEnd(ImmutableArray<MaintenanceWindow> windows, DateTimeOffset at) =>
        windows.Max(window => window.EndOf(at));

    private static DateTimeOffset? EndOf(Weekly weekly, DateTimeOffset at)
    {
        // A window that began the day before may last into today.
        var today = TimeZoneInfo.ConvertTime(at, weekly.Zone).Date;
        return EndOf(weekly, today, at) ?? EndOf(weekly, today.AddDays(-1), at);
    }

    private static DateTimeOffset? EndOf(Weekly weekly, DateTime day, DateTimeOffset at)
    {
        if (!weekly.Days.Contains(day.DayOfWeek))
        {
            return null;
        }

        var last = weekly.Until > weekly.From ? day : day.AddDays(1);
        return End(day + weekly.From.ToTimeSpan(), last + weekly.Until.ToTimeSpan(), weekly.Zone, at);
    }

    private static DateTimeOffset? End(DateTime from, DateTime until, TimeZoneInfo zone, DateTimeOffset at)
    {
        var end = ToInstant(until, zone, isEnd: true);
        return ToInstant(from, zone, isEnd: false) <= at && at < end ? end : null;
    }

    /// <summary>
    /// Where clocks are set back, the window lasts from the first to the second of two equal local times. Where they are
    /// set forward, a time that never comes is the moment of the change.
    /// </summary>
    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone, bool isEnd)
    {
        if (local.Year is 1 or 9999)
        {
            // The window is always or for ever: some zones' offsets would lead beyond the range of dates.
            return new DateTimeOffset(local, TimeSpan.Zero);
        }

        if (zone.IsInvalidTime(local))
        {
            // The offset from before the gap puts the time behind the gap, by as much as it lay behind the gap's beginning.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            var after = zone.GetUtcOffset(local.AddHours(3));
            var landed = new DateTimeOffset(local, before);
            return FirstAfterGap(landed, after - before, zone);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return new DateTimeOffset(local, isEnd ? offsets.Min() : offsets.Max());
    }

    private static DateTimeOffset FirstAfterGap(DateTimeOffset landed, TimeSpan gap, TimeZoneInfo zone)
    {
        var (before, after) = (landed - gap, landed);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + ((after - before) / 2);
            var isBehind = zone.GetUtcOffset(middle) == zone.GetUtcOffset(landed);
            (before, after) = isBehind ? (before, middle) : (middle, after);
        }

        return DateTimeOffset.FromUnixTimeSeconds((long)Math.Round(after.ToUnixTimeMilliseconds() / 1000.0));
    }
}
