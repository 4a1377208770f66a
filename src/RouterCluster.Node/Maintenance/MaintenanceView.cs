using System.Diagnostics;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Maintenance;

/// <summary>The maintenance of a channel from all sources, without what is over.</summary>
internal static class MaintenanceView
{
    public const string Configured = "configured";
    public const string Announced = "announced";
    public const string Operator = "operator";

    private const char Dot = '.';

    public static readonly string[] Sources = [Configured, Announced, Operator];

    /// <summary>What is open first, then what comes next.</summary>
    public static IEnumerable<MaintenanceBody> ToMaintenance(
        this ChannelStatus status, ChannelSettings settings, DateTimeOffset now)
    {
        var announced = status.AnnouncedUntil is { } until
            ? new MaintenanceBody(
                null, status.Channel.Value, null, Announced, null, null, [], null, true, null, until, null, null, null)
            : null;
        return settings.Maintenance.Select(window => ToBody(status.Channel, new MaintenancePlan(window, null), now))
            .Append(announced)
            .Concat(status.Planned.Select(planned => planned.ToBody(status.Channel, now)))
            .OfType<MaintenanceBody>()
            .OrderBy(body => body.StartsAt ?? DateTimeOffset.MinValue);
    }

    /// <summary>Null: it is over.</summary>
    public static MaintenanceBody? ToBody(this PlannedMaintenance planned, ChannelId channel, DateTimeOffset now) =>
        ToBody(channel, planned.Plan, now) is { } body
            ? body with
            {
                Id = IdOf(channel, planned.No),
                Source = Operator,
                Reason = planned.Reason,
                By = planned.By,
                Since = planned.At,
            }
            : null;

    public static string IdOf(ChannelId channel, int no) =>
        string.Create(CultureInfo.InvariantCulture, $"{channel}{Dot}{no}");

    /// <summary>No channel's name has a dot. Null: no maintenance can have such an id.</summary>
    public static (string Channel, int No)? ParseId(string id)
    {
        var dot = id.LastIndexOf(Dot);
        return dot > 0 && int.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var no) && no > 0
            ? (id[..dot], no)
            : null;
    }

    private static MaintenanceBody? ToBody(ChannelId channel, MaintenancePlan plan, DateTimeOffset now)
    {
        if (plan.Window.Next(now) is not { } time)
        {
            return null;
        }

        var body = new MaintenanceBody(
            null, channel.Value, plan.Bank, Configured, null, null, [], null, time.From <= now, time.From, time.Until, null, null,
            null);
        return plan.Window switch
        {
            MaintenanceWindow.Once once => body with
            {
                From = Text(once.From), Until = Text(once.Until), TimeZone = once.Zone.Id,
            },
            MaintenanceWindow.Weekly weekly => body with
            {
                From = Text(weekly.From), Until = Text(weekly.Until), TimeZone = weekly.Zone.Id, Days = [.. weekly.DayNames],
            },
            _ => throw new UnreachableException(),
        };
    }

    private static string Text(DateTime local) =>
        local.ToString(MaintenanceReader.MomentFormat, CultureInfo.InvariantCulture);

    private static string Text(TimeOnly time) => time.ToString(MaintenanceReader.TimeFormat, CultureInfo.InvariantCulture);
}
