using System.Text.RegularExpressions;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Alerts;

internal static partial class AlertSection
{
    private const string HiddenUrl = "an http(s) URL";

    private static readonly (string Name, RobotKind Kind)[] Kinds =
    [
        ("webhook", RobotKind.Webhook), ("dingtalk", RobotKind.DingTalk), ("wecom", RobotKind.WeCom),
        ("feishu", RobotKind.Feishu),
    ];

    private static readonly (string Name, AlertSeverity Severity)[] Severities =
        [.. Enum.GetValues<AlertSeverity>().Select(severity => (severity.Name(), severity))];

    public static AlertSettings Read(SettingReader alerts)
    {
        var rules = alerts.Section("rules");
        return new AlertSettings(
            ReadPolicy(alerts, rules),
            [.. alerts.List<string>("alertmanagers", "an http(s) URL such as http://alertmanager:9093", SettingValues.Url)
                .Where(url => url is not null && Uri.IsWellFormedUriString(url, UriKind.Absolute)).Select(url => new Uri(url))],
            [.. alerts.Named("robots", alerts.Section("robot-defaults")).Select(row => ReadRobot(row.Name, row.Reader))],
            alerts.Duration("heartbeat-every", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            (alerts.Value<string>("runbooks", "a URL or a folder", SettingValues.AnyText) ?? "").TrimEnd('/'),
            alerts.Duration("keep-resolved", TimeSpan.FromHours(1), TimeSpan.FromDays(3650)));
    }

    private static AlertPolicy ReadPolicy(SettingReader alerts, SettingReader rules)
    {
        var sections = AlertRules.All.ToDictionary(rule => rule, rule => rules.Section(rule.Name()));
        var longest = TimeSpan.FromDays(30);
        return new AlertPolicy(
            LowestSuccess: sections[AlertRule.SuccessRate].UpTo("lowest", 1),
            LongestUnknown: sections[AlertRule.OrderOverdue].Duration("longest", TimeSpan.FromSeconds(1), longest),
            LongestWait: sections[AlertRule.WaitingForPeople].Duration("longest", TimeSpan.FromSeconds(1), longest),
            LongestCommit: sections[AlertRule.StorageSlow].Duration(
                "longest", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            LongestSilence: sections[AlertRule.AlertingBroken].Duration("longest", TimeSpan.FromSeconds(1), longest),
            MostTries: sections[AlertRule.WebhookFailing].Int("tries", 1, 1000),
            MostAmount: sections[AlertRule.Amount].LongOrUnlimited("most", long.MaxValue),
            ClearAfter: alerts.Duration("clear-after", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)))
        {
            LongestOverride = sections[AlertRule.OverrideForgotten].Duration(
                "longest", TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650)),
            VolumeDeviation = sections[AlertRule.Volume].UpTo("deviation", 1),
            FewestForVolume = sections[AlertRule.Volume].Int("fewest", 1, 1_000_000),
            CertificatesEndWithin = sections[AlertRule.CertificateExpiry].Duration(
                "within", TimeSpan.Zero, TimeSpan.FromDays(3650)),
            Off = sections.Where(section => !section.Value.Switch("enabled")).Select(section => section.Key).ToHashSet(),
        };
    }

    private static RobotSettings ReadRobot(string name, SettingReader robot)
    {
        if (!Name().IsMatch(name))
        {
            robot.Log.Wrong(robot.Path, name, "a robot named with 1-32 letters, digits, - and _");
        }

        var severities = robot.List(
            "severities", SettingValues.Names(Severities), SettingValues.OneOf(Severities), mayBeEmpty: false);
        return new RobotSettings(
            name, robot.Choice("kind", Kinds), ReadUrl(robot), robot.OptionalSecret("secret"), severities);
    }

    /// <summary>Robots' URLs contain their token, so a wrong one is not shown.</summary>
    private static Secret ReadUrl(SettingReader robot)
    {
        var url = robot.Value<string>("url", HiddenUrl, SettingValues.AnyText);
        if (url is not null && !SettingValues.Address(url, out _))
        {
            robot.Wrong("url", "(hidden)", HiddenUrl);
        }

        return new Secret(url ?? "");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex Name();
}
