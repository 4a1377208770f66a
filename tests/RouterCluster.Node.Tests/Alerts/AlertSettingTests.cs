using Akka.Configuration;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class AlertSettingTests
{
    [Fact]
    public void Targets_and_thresholds_are_read()
    {
        var alerts = TestNode.Settings("""
            router.alerts {
              alertmanagers = ["http://one:9093/am/"], runbooks = "https://wiki.example/runbooks/"
              robots.duty { kind = dingtalk, url = "https://ding.example/send?access_token=t", secret = s }
              robots.duty.severities = [page, watch]
              rules { success_rate.lowest = 0.5, amount.most = 100, budget_full.enabled = off }
              rules.volume { deviation = 0.3, fewest = 7 }
            }
            """).Alerts;

        Assert.Equal("http://one:9093/am", Assert.Single(alerts.Alertmanagers).AbsoluteUri);
        var robot = Assert.Single(alerts.Robots);
        Assert.Equal(("duty", RobotKind.DingTalk), (robot.Name, robot.Kind));
        Assert.Equal([AlertSeverity.Page, AlertSeverity.Watch], robot.Severities.AsEnumerable());
        Assert.Equal((0.5, 100), (alerts.Policy.LowestSuccess, alerts.Policy.MostAmount));
        Assert.Equal((0.3, 7), (alerts.Policy.VolumeDeviation, alerts.Policy.FewestForVolume));
        Assert.Equal([AlertRule.BudgetFull], alerts.Policy.Off.AsEnumerable());
        Assert.Equal("https://wiki.example/runbooks/network.md", alerts.RunbookOf(AlertRule.Network));
    }

    [Theory]
    [InlineData("rules.sucess_rate.lowest = 0.5", "router.alerts.rules.sucess_rate")]
    [InlineData("rules.success_rate.lowest = 2", "router.alerts.rules.success_rate.lowest")]
    [InlineData("alertmanagers = [\"one:9093\"]", "router.alerts.alertmanagers[0]")]
    [InlineData("robots.duty { kind = pager, url = \"http://a/\" }", "router.alerts.robots.duty.kind")]
    [InlineData("robots.duty { kind = wecom }", "router.alerts.robots.duty.url")]
    [InlineData("robots.duty { kind = wecom, url = \"ftp://a/key\" }", "router.alerts.robots.duty.url")]
    public void A_wrong_one_is_named(string hocon, string key)
    {
        var config = ConfigurationFactory.ParseString($"router.alerts {{ {hocon} }}").WithFallback(SettingsSource.Reference);
        var error = Assert.Single(RouterSettings.Read(config, ["http-json"]).Errors, error => error.Key == key);
        Assert.DoesNotContain("ftp", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_run_book()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RouterCluster.sln")))
        {
            folder = folder.Parent;
        }

        var books = Directory.EnumerateFiles(Path.Combine(folder.FullName, "src/docs/runbooks"), "*.md")
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(
            AlertRules.All.Select(rule => rule.Name()).Order(StringComparer.Ordinal), books.Order(StringComparer.Ordinal));
    }
}
