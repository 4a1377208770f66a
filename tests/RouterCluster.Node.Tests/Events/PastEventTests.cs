using System.Globalization;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Events;

public sealed class PastEventTests
{
    [Fact]
    public async Task Events_have_the_form_of_annotations_and_come_in_pages()
    {
        await using var node = await TestNode.StartAsync();

        var first = await node.GetAsync(
            "/admin/v1/events?since=2026-01-02T03:00:00Z&until=2026-01-02T04:00:00Z&channel=alpha&kind=breaker&limit=7",
            "t-viewer");
        var second = await node.GetAsync($"/admin/v1/events?since=1h&cursor={first.Json!["next"]}", "t-viewer");

        var one = first.Json["items"]![0]!;
        Assert.Equal(
            ("2026-01-02T03:04:05.678Z", "breaker", "alpha", "submit breaker is open"),
            ((string?)one["time"], (string?)one["kind"], (string?)one["channel"], (string?)one["text"]));
        Assert.Equal(["breaker", "alpha"], one["tags"]!.AsArray().Select(tag => (string?)tag));
        Assert.Equal(200, second.Status);
        var (filter, until, cursor, limit) = node.Events.Asked.First();
        Assert.Equal(
            ("breaker", "alpha", null, 7, Time("03:00"), Time("04:00")),
            (filter.Kind, filter.Channel?.Value, cursor, limit, filter.Since, until));
        Assert.Equal("more", node.Events.Asked.Last().Cursor);

        static DateTimeOffset Time(string clock) => DateTimeOffset.Parse($"2026-01-02T{clock}:00Z", CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("since=soon", "since")]
    [InlineData("since=1h&until=x", "until")]
    [InlineData("since=1h&kind=weather", "kind")]
    [InlineData("since=1h&channel=a%20b", "channel")]
    [InlineData("since=1h&limit=0", "limit")]
    [InlineData("since=1h&cursor=x", "cursor")]
    public async Task A_wrong_request_is_refused_by_its_field(string query, string field)
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal([field], (await node.GetAsync($"/admin/v1/events?{query}", "t-viewer")).Fields);
    }

    [Fact]
    public async Task Strangers_may_not()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(401, (await node.GetAsync("/admin/v1/events?since=1h", "shop-key")).Status);
        Assert.Empty(node.Events.Asked);
    }

    [Fact]
    public async Task A_node_remembers_what_operators_did_and_that_breakers_moved_over_a_restart()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "mode": "ok", "success_rate": 1 }""", "router.changes.poll = 100ms");
        await node.PatchAsync("alpha", """{ "isolated": true, "reason": "test" }""");
        await node.ConfigureAsync("router.channels.alpha.weight = 2");
        await node.RestartAsync();

        await WholeNode.EventuallyAsync(async () => (await TextsAsync("&channel=alpha&kind=breaker")).Length > 0);

        Assert.Contains("submit breaker is isolated", await TextsAsync("&kind=breaker"));
        Assert.Contains(await TextsAsync("&kind=operator"), text => text.EndsWith(": test", StringComparison.Ordinal));
        Assert.Contains("alice: configuration 1: channel alpha: weight 1 -> 2: test", await TextsAsync("&kind=configuration"));

        async Task<string[]> TextsAsync(string query) =>
        [
            .. (await node.AdminAsync($"events?since=1h{query}")).Json["items"]!.AsArray()
                .Select(item => (string)item!["text"]!),
        ];
    }
}
