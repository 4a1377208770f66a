using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace RouterCluster.Node.Tests.Alerts;

/// <summary>Faults planted on a running node, and what a real Alertmanager and a robot hear of them.</summary>
public sealed class AlertsOnANodeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_channel_that_hangs_pages_and_its_neighbour_does_not()
    {
        await using var node = await AlertingNode.StartAsync();
        await AlertingNode.UntilAsync(async () => (await node.Alertmanager.FiringAsync()).Any(alert => alert.Rule == "Watchdog"));
        for (var payment = 0; payment < 40; payment++)
        {
            await node.PayAsync();
        }

        Assert.Empty(await node.AlertsAsync("active"));
        await node.ControlAsync("alpha", """{ "mode": "hang" }""");
        var since = Stopwatch.StartNew();
        await AlertingNode.UntilAsync(async () =>
        {
            await node.PayAsync();
            return (await node.Alertmanager.FiringAsync()).Any(alert => alert is { Rule: "channel_outage", Channel: "alpha" });
        });
        output.WriteLine($"channel_outage, from the hang to Alertmanager: {since.Elapsed.TotalSeconds:F1} s");
        await AlertingNode.UntilAsync(() => node.Told().Contains(("channel_outage", "alpha", "active")));

        // Where the router takes longer to conclude that a channel is out, its first sign is told before.
        Assert.InRange(node.Told().Count, 1, 2);
        Assert.All(node.Told(), told => Assert.Equal("alpha", told.Channel));
        var outage = (await node.Alertmanager.FiringAsync()).Single(alert => alert.Rule == "channel_outage");
        Assert.Equal(
            ("page", "test", "src/docs/runbooks/channel_outage.md"), (outage.Severity, outage.Environment, outage.Runbook));
        Assert.DoesNotContain(await node.Alertmanager.FiringAsync(inhibited: true), alert => alert.Channel == "bravo");

        // A consequence points at its cause; Alertmanager inhibits it.
        var active = (await node.AdminAsync(HttpMethod.Get, "alerts"))["items"]!.AsArray();
        var id = (string?)active.Single(alert => (string?)alert!["rule"] == "channel_outage")!["id"];
        Assert.All(
            active.Where(alert => (string?)alert!["rule"] != "channel_outage"),
            alert => Assert.Equal(id, (string?)alert!["caused_by"]));
        Assert.DoesNotContain(await node.Alertmanager.FiringAsync(), alert => alert.Rule is "network" or "success_rate");
    }

    [Fact]
    public async Task A_merchant_that_does_not_take_its_webhooks_is_told_of_from_beginning_to_end()
    {
        await using var node = await AlertingNode.StartAsync("router.alerts.rules.webhook_failing.tries = 3");
        node.Merchant.OnCall = (_, response) =>
        {
            response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await node.PayAsync();
        var since = Stopwatch.StartNew();
        await AlertingNode.UntilAsync(async () =>
            (await node.Alertmanager.FiringAsync()).Any(alert => alert.Rule == "webhook_failing"));
        output.WriteLine($"webhook_failing, from the payment to Alertmanager: {since.Elapsed.TotalSeconds:F1} s");
        await AlertingNode.UntilAsync(() => node.Told().Contains(("webhook_failing", null, "active")));

        var metrics = await node.MetricsAsync();
        Assert.Matches("router_alerts_active\\{[^}]*webhook_failing[^}]*\\} 1", metrics);
        Assert.Matches("router_alert_deliveries_total\\{[^}]*duty[^}]*\\} 1", metrics);

        node.Merchant.OnCall = (_, response) =>
        {
            response.StatusCode = 200;
            return Task.CompletedTask;
        };
        var webhook = (string)(await node.AdminAsync(HttpMethod.Get, "notifications"))["items"]![0]!["id"]!;
        await node.AdminAsync(HttpMethod.Post, $"notifications/{webhook}/resend");
        await AlertingNode.UntilAsync(() => node.Told().Contains(("webhook_failing", null, "resolved")));

        Assert.Equal(2, node.Told().Count);
        await AlertingNode.UntilAsync(async () =>
            (await node.Alertmanager.FiringAsync()).All(alert => alert.Rule != "webhook_failing"));
        Assert.Equal("webhook_failing", Assert.Single(await node.AlertsAsync("resolved")).Rule);
    }

    [Fact]
    public async Task A_key_and_a_notice_that_come_from_somewhere_else_are_told_of()
    {
        await using var node = await AlertingNode.StartAsync("""
            router { merchants.shop.allowed-ips = ["192.0.2.0/24"], channels.alpha.notify-allowed-ips = ["192.0.2.0/24"] }
            """);
        var refused = await node.PayAsync();
        Assert.Equal("address_not_allowed", (string?)refused["code"]);
        await node.NoticeAsync("alpha");

        await AlertingNode.UntilAsync(() => node.Told().Count(told => told.Rule == "foreign_address") == 2);

        Assert.Equal(
            [null, "alpha"],
            node.Told().Where(told => told.Rule == "foreign_address").Select(told => told.Channel).Order(StringComparer.Ordinal));
        Assert.All(node.Told(), told => Assert.Equal("foreign_address", told.Rule));
    }

    [Fact]
    public async Task Money_that_is_unknown_cases_and_a_dead_target_are_told_and_survive_a_restart()
    {
        await using var node = await AlertingNode.StartAsync("""
            router {
              merchants.shop.duplicates = suspend
              alerts {
                robots.dead { kind = wecom, url = "http://127.0.0.1:1/" }
                rules { order_overdue.longest = 2s, waiting_for_people.longest = 1s, alerting_broken.longest = 1s }
              }
            }
            """);
        await node.PayAsync("6222020000000001");
        await node.PayAsync("6222020000000001");
        await node.ControlAsync("alpha", """{ "mode": "hang" }""");
        await node.ControlAsync("bravo", """{ "mode": "hang" }""");
        await node.PayAsync("6222020000000019");
        var since = Stopwatch.StartNew();
        string[] expected = ["waiting_for_people", "order_overdue", "alerting_broken"];
        var seen = new HashSet<string>();
        await AlertingNode.UntilAsync(async () =>
        {
            foreach (var rule in (await node.Alertmanager.FiringAsync(inhibited: true)).Select(alert => alert.Rule))
            {
                if (seen.Add(rule))
                {
                    output.WriteLine($"{rule}: after {since.Elapsed.TotalSeconds:F1} s");
                }
            }

            return expected.All(seen.Contains);
        });

        var waiting = (await node.AlertsAsync("active")).Single(alert => alert.Rule == "waiting_for_people");
        await AlertingNode.UntilAsync(() => node.Told().Any(told => told.Rule == "waiting_for_people"));
        await node.RestartAsync();
        await AlertingNode.UntilAsync(async () =>
            (await node.Alertmanager.FiringAsync()).Any(alert => alert.Rule == "waiting_for_people"));
        Assert.Contains(waiting, await node.AlertsAsync("active"));

        var muted = await node.AdminAsync(
            HttpMethod.Post, $"alerts/{waiting.Id}/mute", JsonNode.Parse("""{ "for": "30m", "reason": "known" }"""));
        Assert.Equal("muted", (string?)muted["state"]);
        await AlertingNode.UntilAsync(async () =>
            (await node.Alertmanager.FiringAsync()).All(alert => alert.Rule != "waiting_for_people"));
        Assert.Contains(waiting, await node.AlertsAsync("muted"));
        await node.AdminAsync(HttpMethod.Post, $"alerts/{waiting.Id}/unmute");
        await AlertingNode.UntilAsync(async () =>
            (await node.Alertmanager.FiringAsync()).Any(alert => alert.Rule == "waiting_for_people"));
        Assert.Single(node.Told(), told => told.Rule == "waiting_for_people");
    }
}
