namespace RouterCluster.Cli.Tests.Alerts;

public sealed class AlertsTests
{
    [Fact]
    public async Task Alerts_are_listed_with_rule_and_severity()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/alerts", """
            { "items": [ { "id": "a1", "rule": "unknown-old", "severity": "critical", "channel": "alpha",
              "message": "unknown for an hour", "since": "2026-01-02T03:04:05Z" } ], "next": null }
            """);

        var ending = await Tool.RunAsync(node, "alerts");

        Assert.Equal(0, ending.Code);
        Assert.Matches("critical +unknown-old +alpha +unknown for an hour", ending.Output);
    }

    [Fact]
    public async Task An_empty_list_is_no_all_clear_while_nothing_evaluates_alerts()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/alerts", """{ "items": [], "next": null }""");

        var output = string.Join(' ', (await Tool.RunAsync(node, "alerts")).Output.Split((char[])[' ', '\n']));
        Assert.StartsWith("Nothing evaluates alerts yet: this is no all-clear.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("No alert", output, StringComparison.Ordinal);
    }
}
