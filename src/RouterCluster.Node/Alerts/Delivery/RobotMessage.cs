using System.Globalization;
using RouterCluster.Domain.Alerts;

namespace RouterCluster.Node.Alerts.Delivery;

/// <param name="At">When it was decided to send it.</param>
public sealed record RobotMessage(string Robot, Announcement Announcement, DateTimeOffset At)
{
    public string Id { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Announcement.Alert.Id}/{(int)Announcement.Kind}/{Robot}");
}
