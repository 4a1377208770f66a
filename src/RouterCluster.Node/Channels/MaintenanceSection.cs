using System.Collections.Immutable;
using System.Globalization;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

/// <summary>The sections of a channel's list <c>maintenance</c>.</summary>
internal static class MaintenanceSection
{
    private const string Zone = "a time zone's name such as Asia/Shanghai";

    private static readonly (string Name, ImmutableArray<DayOfWeek> Days)[] Days =
    [
        .. Enum.GetValues<DayOfWeek>().Select(day => (day.ToString().ToLowerInvariant(), ImmutableArray.Create(day))),
        ("*", [.. Enum.GetValues<DayOfWeek>()]),
    ];

    public static ImmutableArray<MaintenanceWindow> Read(SettingReader channel, SettingReader defaults) =>
        [.. channel.Listed("maintenance", defaults).Select(Read).OfType<MaintenanceWindow>()];

    /// <summary>Null when the section has errors.</summary>
    private static MaintenanceWindow? Read(SettingReader window)
    {
        var listed = window.List("days", SettingValues.Names(Days), SettingValues.OneOf(Days));
        var days = listed.Where(set => !set.IsDefault).SelectMany(set => set).ToImmutableHashSet();
        var zone = window.Value<TimeZoneInfo>("time-zone", Zone, IsZone);
        return listed.IsEmpty ? Once(window, zone) : Weekly(window, days, zone);
    }

    private static MaintenanceWindow.Weekly? Weekly(SettingReader window, ImmutableHashSet<DayOfWeek> days, TimeZoneInfo? zone)
    {
        const string Allowed = "a time of day such as 02:30";
        var from = window.Value<TimeOnly?>("from", Allowed, IsTimeOfDay);
        var until = window.Value<TimeOnly?>("until", Allowed, IsTimeOfDay);
        return zone is not null && from is not null && until is not null
            ? new MaintenanceWindow.Weekly(days, from.Value, until.Value, zone)
            : null;
    }

    private static MaintenanceWindow.Once? Once(SettingReader window, TimeZoneInfo? zone)
    {
        const string Allowed = "a local time such as 2026-12-01T02:30, or a time of day with days";
        var from = window.Value<DateTime?>("from", Allowed, IsMoment);
        var until = window.Value<DateTime?>("until", Allowed, IsMoment);
        if (from >= until)
        {
            window.Wrong("until", $"{until:yyyy-MM-ddTHH:mm}", "a time after from");
        }

        return zone is not null && from is not null && until is not null
            ? new MaintenanceWindow.Once(from.Value, until.Value, zone)
            : null;
    }

    private static bool IsZone(string text, out TimeZoneInfo value) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out value!);

    private static bool IsTimeOfDay(string text, out TimeOnly? value)
    {
        var isTime = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        value = isTime ? time : null;
        return isTime;
    }

    private static bool IsMoment(string text, out DateTime? value)
    {
        var isTime = DateTime.TryParseExact(
            text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        value = isTime ? time : null;
        return isTime;
    }
}
