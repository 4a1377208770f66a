using RouterCluster.Node.Alerts;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class AlertEndpointsTests
{
    private static readonly string Path = $"/admin/v1/alerts/{FakeAlerts.Active.Id}";

    [Fact]
    public async Task Alerts_are_listed_by_state()
    {
        await using var node = await TestNode.StartAsync();

        var all = await node.GetAsync("/admin/v1/alerts", "t-viewer");
        var over = await node.GetAsync("/admin/v1/alerts?state=resolved&limit=7&cursor=c", "t-viewer");

        Assert.Equal([(null, 100, null), (AlertStanding.Resolved, 7, "c")], node.Alerts.Listed);
        var item = all.Json!["items"]![0]!.AsObject();
        Assert.Equal(
            [
                "id", "rule", "severity", "subject", "state", "since", "resolved_at", "value", "threshold", "message",
                "caused_by", "runbook", "muted_until", "muted_by",
            ],
            item.Select(field => field.Key));
        Assert.Equal(
            (FakeAlerts.Active.Id, "channel_outage", "page", "active"),
            ((string?)item["id"], (string?)item["rule"], (string?)item["severity"], (string?)item["state"]));
        Assert.Equal("""{"channel":"alpha"}""", item["subject"]!.ToJsonString());
        Assert.Equal(
            ("src/docs/runbooks/channel_outage.md", "more"), ((string?)item["runbook"], (string?)all.Json["next"]));
        Assert.Equal("resolved", (string?)over.Json!["items"]![0]!["state"]);
        Assert.Empty(over.Json["items"]![0]!["subject"]!.AsObject());
    }

    [Theory]
    [InlineData("?state=open", "state")]
    [InlineData("?cursor=rubbish", "cursor")]
    [InlineData("?limit=0", "limit")]
    public async Task A_wrong_question_is_refused(string query, string field)
    {
        await using var node = await TestNode.StartAsync();
        var answer = await node.GetAsync($"/admin/v1/alerts{query}", "t-viewer");
        Assert.Equal(400, answer.Status);
        Assert.Equal([field], answer.Fields);
    }

    [Fact]
    public async Task An_operator_mutes_and_unmutes_an_active_alert()
    {
        await using var node = await TestNode.StartAsync();

        var muted = await node.SendAsync(
            HttpMethod.Post, $"{Path}/mute", "t-operator", """{ "for": "30m", "reason": "known" }""");
        var unmuted = await node.SendAsync(HttpMethod.Post, $"{Path}/unmute", "t-operator");

        Assert.Equal((200, "muted", "oscar"), (muted.Status, (string?)muted.Json!["state"], (string?)muted.Json["muted_by"]));
        Assert.Equal((200, "active"), (unmuted.Status, (string?)unmuted.Json!["state"]));
        var id = FakeAlerts.Active.Id;
        Assert.Equal([$"mute {id} for 00:30:00 by oscar: known", $"unmute {id} by oscar"], node.Alerts.Done);
    }

    [Theory]
    [InlineData("{}", "for", "reason")]
    [InlineData("""{ "for": "30", "reason": "known" }""", "for")]
    [InlineData("""{ "for": "8d", "reason": "known" }""", "for")]
    [InlineData("""{ "for": "30m", "reason": " " }""", "reason")]
    public async Task A_mute_needs_a_time_and_a_reason(string body, params string[] fields)
    {
        await using var node = await TestNode.StartAsync();
        var answer = await node.SendAsync(HttpMethod.Post, $"{Path}/mute", "t-operator", body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(fields, answer.Fields);
        Assert.Empty(node.Alerts.Done);
    }

    [Fact]
    public async Task What_is_over_or_unknown_is_not_muted_nor_by_a_viewer()
    {
        const string Body = """{ "for": "30m", "reason": "known" }""";
        await using var node = await TestNode.StartAsync();

        var over = await node.SendAsync(
            HttpMethod.Post, $"/admin/v1/alerts/{FakeAlerts.Over.Id}/mute", "t-operator", Body);
        var unknown = await node.SendAsync(HttpMethod.Post, "/admin/v1/alerts/alert_0/mute", "t-operator", Body);
        var viewer = await node.SendAsync(HttpMethod.Post, $"{Path}/mute", "t-viewer", Body);

        Assert.Equal((409, "alert_resolved"), (over.Status, over.Code));
        Assert.Equal((404, 403), (unknown.Status, viewer.Status));
        Assert.Empty(node.Alerts.Done);
    }
}
