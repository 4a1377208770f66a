using System.Globalization;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts.Delivery;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Alerts;

internal sealed record AlertRow(VersionedAlert Stored)
{
    public static readonly SqlTable<AlertRow> Table = new(
        "alerts",
        [
            new("id", SqlType.Text, row => row.Alert.Id),
            new("rule", SqlType.Text, row => row.Alert.Rule.Name()),
            new("channel", SqlType.Text, row => row.Alert.Subject.Channel?.Value),
            new("product", SqlType.Text, row => row.Alert.Subject.Product?.Name()),
            new("merchant", SqlType.Text, row => row.Alert.Subject.Merchant?.Value),
            new("code", SqlType.Text, row => row.Alert.Subject.Code),
            new("node", SqlType.Text, row => row.Alert.Subject.Node),
            new("since", SqlType.Number, row => row.Alert.Since.ToStored()),
            new("resolved_at", SqlType.Number, row => row.Alert.ResolvedAt.ToStored() ?? 0L),
            new("value", SqlType.Text, row => TextOf(row.Alert.Value)),
            new("threshold", SqlType.Text, row => TextOf(row.Alert.Threshold)),
            new("message", SqlType.Text, row => row.Alert.Message),
            new("caused_by", SqlType.Text, row => row.Alert.CausedBy),
            new("announced", SqlType.Number, row => row.Stored.IsAnnounced ? 1L : 0L),
            new("version", SqlType.Number, row => row.Stored.Version),
        ],
        Version: "version");

    private Alert Alert => Stored.Alert;

    private static string TextOf(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

internal sealed record MuteRow(string Alert, AlertMute Mute, long Version)
{
    public static readonly SqlTable<MuteRow> Table = new(
        "alert_mutes",
        [
            new("id", SqlType.Text, row => row.Alert),
            new("until", SqlType.Number, row => row.Mute.Until.ToStored()),
            new("by_name", SqlType.Text, row => row.Mute.By),
            new("reason", SqlType.Text, row => row.Mute.Reason),
            new("version", SqlType.Number, row => row.Version),
        ],
        Version: "version");
}

/// <summary>A message to a robot that is not sent yet.</summary>
internal sealed record MessageRow(RobotMessage Message)
{
    public static readonly SqlTable<MessageRow> Table = new(
        "alert_messages",
        [
            new("id", SqlType.Text, row => row.Message.Id),
            new("robot", SqlType.Text, row => row.Message.Robot),
            new("alert", SqlType.Text, row => row.Message.Announcement.Alert.Id),
            new("kind", SqlType.Number, row => (long)row.Message.Announcement.Kind),
            new("at", SqlType.Number, row => row.Message.At.ToStored()),
        ],
        Version: null);
}
