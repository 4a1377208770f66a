using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Maintenance;

/// <summary>Reads the maintenance that an operator plans, with the channel whose it is.</summary>
internal static class MaintenanceReader
{
    /// <summary>Where the payment companies are.</summary>
    public const string UsualZone = "Asia/Shanghai";

    public const string EveryDay = "*";
    public const string MomentFormat = "yyyy-MM-ddTHH:mm";
    public const string TimeFormat = "HH:mm";

    /// <summary>As many as there are words.</summary>
    public const int MostDays = 8;

    private const string MomentWords = "must be a local time such as 2026-12-01T02:30, or a time of day with days";

    private static readonly string[] Names = ["channel", "bank", "from", "until", "days", "time_zone", "reason"];

    public static readonly TextRule Day = TextRule.OneOf(
        [.. Enum.GetValues<DayOfWeek>().Select(day => day.ToString().ToLowerInvariant()), EveryDay]);

    public static readonly TextRule Time = new(
        "must be a local time such as 2026-12-01T02:30, or 02:30 with days",
        text => MomentOf(text) is not null || TimeOf(text) is not null)
    {
        Shape = new TextShape(
            Pattern: "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T)?([01][0-9]|2[0-3]):[0-5][0-9]$"),
    };

    public static readonly TextRule Zone = new(
        "must be a time zone's name such as Asia/Shanghai", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _))
    {
        Shape = new TextShape(Least: 1, Most: 64),
    };

    /// <param name="asked">Who plans it, and the time now.</param>
    public static MaintenanceDraft? Read(JsonElement json, (string By, DateTimeOffset Now) asked, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", Names, errors);
        var channel = fields.Text("channel", TextRule.Id, isRequired: true);
        var bank = fields.Text("bank", ExclusionReader.Bank, isRequired: false);
        var from = fields.Text("from", Time, isRequired: true);
        var until = fields.Text("until", Time, isRequired: true);
        var days = fields.Texts("days", Day, MostDays);
        var zone = fields.Text("time_zone", Zone, isRequired: false) ?? UsualZone;
        var reason = fields.Text("reason", ChannelChangeReader.Reason, isRequired: true);
        if (errors.Any || Window(from!, until!, days, TimeZoneInfo.FindSystemTimeZoneById(zone), errors) is not { } window)
        {
            return null;
        }

        var plan = new MaintenancePlan(window, bank);
        AddFault(plan.FaultAt(asked.Now), errors);
        return new MaintenanceDraft(channel!, new ChannelChange(asked.By, reason!) { Plan = plan });
    }

    /// <summary>Null when there are errors.</summary>
    private static MaintenanceWindow? Window(
        string from, string until, IReadOnlyList<string> days, TimeZoneInfo zone, FieldErrors errors)
    {
        if (days.Count > 0)
        {
            return TimeOf(from) is { } begin && TimeOf(until) is { } end
                ? new MaintenanceWindow.Weekly(DaysOf(days), begin, end, zone)
                : Wrong(TimeOf(from) is null ? "from" : "until", "must be a time of day such as 02:30, with days", errors);
        }

        if (MomentOf(from) is not { } first)
        {
            return Wrong("from", MomentWords, errors);
        }

        if (MomentOf(until) is not { } last)
        {
            return Wrong("until", MomentWords, errors);
        }

        return last > first
            ? new MaintenanceWindow.Once(first, last, zone)
            : Wrong("until", "must be later than from", errors);
    }

    private static void AddFault(PlanFault? fault, FieldErrors errors)
    {
        switch (fault)
        {
            case PlanFault.Over:
                errors.Add("until", "must be later than now");
                break;
            case PlanFault.TooLong:
                errors.Add("until", $"must be at most {MaintenancePlan.Longest.Days} days after from");
                break;
            case PlanFault.TooFar:
                errors.Add("from", $"must be within {MaintenancePlan.Furthest.Days} days from now");
                break;
            case null:
                break;
        }
    }

    private static MaintenanceWindow? Wrong(string field, string message, FieldErrors errors)
    {
        errors.Add(field, message);
        return null;
    }

    private static ImmutableHashSet<DayOfWeek> DaysOf(IReadOnlyList<string> days) =>
        [.. Enum.GetValues<DayOfWeek>().Where(day =>
            days.Contains(EveryDay) || days.Contains(day.ToString().ToLowerInvariant()))];

    private static TimeOnly? TimeOf(string text) =>
        TimeOnly.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static DateTime? MomentOf(string text) =>
        DateTime.TryParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment
            : null;
}

internal sealed record MaintenanceDraft(string Channel, ChannelChange Change);
