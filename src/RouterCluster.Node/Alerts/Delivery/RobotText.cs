using System.Globalization;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>Announcements as lines for people.</summary>
internal sealed class RobotText(AlertSettings settings, string environment)
{
    public string TitleOf(IReadOnlyList<Announcement> announcements) => announcements.Count == 1
        ? Headline(announcements[0])
        : string.Create(CultureInfo.InvariantCulture, $"{announcements.Count} alerts ({environment})");

    public string Of(IReadOnlyList<Announcement> announcements) => string.Join("\n\n", announcements.Select(Of));

    private string Of(Announcement announcement)
    {
        var alert = announcement.Alert;
        var times = announcement.Kind == AnnouncementKind.Resolved && alert.ResolvedAt is { } end
            ? $"{Time(alert.Since)} – {Time(end)}"
            : $"since {Time(alert.Since)}";
        return $"{Headline(announcement)}\n{alert.Message}\n{times}\n{settings.RunbookOf(alert.Rule)}";
    }

    private string Headline(Announcement announcement)
    {
        var word = announcement.Kind == AnnouncementKind.Resolved ? "over" : announcement.Alert.Rule.Severity().Name();
        return $"[{word}] {announcement.Alert.Rule.Name()}: {announcement.Alert.Subject} ({environment})";
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
