using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Alerts;

/// <param name="Alertmanagers">Base URLs.</param>
/// <param name="HeartbeatEvery">How often active alerts and the heartbeat are repeated.</param>
/// <param name="Runbooks">The address or folder of the run-books.</param>
/// <param name="KeepResolved">How long resolved alerts stay in the table.</param>
public sealed record AlertSettings(
    AlertPolicy Policy, ImmutableArray<Uri> Alertmanagers, ImmutableArray<RobotSettings> Robots, TimeSpan HeartbeatEvery,
    string Runbooks, TimeSpan KeepResolved)
{
    public string RunbookOf(AlertRule rule) => $"{Runbooks}/{rule.Name()}.md";
}

public enum RobotKind
{
    Webhook = 1,
    DingTalk = 2,
    WeCom = 3,
    Feishu = 4,
}

/// <summary>A chat group, or any program, that is told when an alert begins and when it is over.</summary>
/// <param name="Url">It contains the robot's token.</param>
/// <param name="Secret">Signs messages; null: they are not signed.</param>
public sealed record RobotSettings(
    string Name, RobotKind Kind, Secret Url, Secret? Secret, ImmutableArray<AlertSeverity> Severities);
