using System.Text.Json.Nodes;

namespace RouterCluster.Cli.Tests.Alerts;

public sealed class AlertsTests
{
    private const string Outage = """
        { "id": "alert_1", "rule": "channel_outage", "severity": "page", "subject": { "channel": "alpha" }, "state": "active",
          "since": "2026-01-02T03:04:05.678Z", "resolved_at": null, "value": 1, "threshold": 1, "message": "its breaker is open",
          "caused_by": "alert_0", "runbook": "src/docs/runbooks/channel_outage.md", "muted_until": null, "muted_by": null }
        """;

    [Fact]
    public async Task Alerts_are_listed_with_rule_severity_subject_and_cause()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/alerts?state=active", $$"""{ "items": [ {{Outage}} ], "next": null }""");

        var ending = await Tool.RunAsync(node, "alerts", "--state", "active");

        Assert.Equal(0, ending.Code);
        Assert.Matches("page +channel_outage", ending.Output);
        var words = string.Join(' ', ending.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("alpha", words, StringComparison.Ordinal);
        Assert.Contains("alert_0", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_says_so()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/alerts", """{ "items": [], "next": null }""");

        Assert.StartsWith("No alert.", (await Tool.RunAsync(node, "alerts")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mute_sends_time_and_reason()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/alerts/alert_1/mute", Outage);

        var ending = await Tool.RunAsync(node, "mute", "alert_1", "--for", "30m", "--reason", "known");

        Assert.Equal(0, ending.Code);
        var body = JsonNode.Parse(Assert.Single(node.Seen).Body)!;
        Assert.Equal(("30m", "known"), ((string?)body["for"], (string?)body["reason"]));
        Assert.Equal(2, (await Tool.RunAsync(node, "mute", "alert_1", "--reason", "known")).Code);
    }

    [Fact]
    public async Task Unmute_takes_it_back()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/alerts/alert_1/unmute", Outage);

        Assert.Equal(0, (await Tool.RunAsync(node, "unmute", "alert_1")).Code);
        Assert.Single(node.Seen);
    }
}
