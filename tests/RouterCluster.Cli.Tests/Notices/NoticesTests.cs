namespace RouterCluster.Cli.Tests.Notices;

public sealed class NoticesTests
{
    private const string Page = """
        { "items": [ { "id": "n1", "channel": "alpha", "order_no": "X-77", "reason": "unknown_order", "class": "success",
          "code": "00", "message": null, "amount": 12000, "currency": "CNY", "channel_order_no": null,
          "received_at": "2026-01-02T03:04:05.678Z", "times": 3 } ], "next": "c 1" }
        """;

    [Fact]
    public async Task Notices_shows_what_came_why_it_is_nobodys_and_where_more_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/notices", Page);

        var ending = await Tool.RunAsync(node, "notices");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"2026-01-02 03:04:05\.678 UTC +alpha +X-77 +unknown_order +success +00 +120\.00 CNY +3", ending.Output);
        Assert.Contains("--cursor c 1", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_asked_for_as_of_every_list()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/notices?cursor=c%201&limit=5", Page);

        Assert.Equal(0, (await Tool.RunAsync(node, "notices", "--cursor", "c 1", "--limit", "5")).Code);
    }

    [Fact]
    public async Task With_json_the_body_comes_as_it_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/notices", Page);

        Assert.Equal(Page, (await Tool.RunAsync(node, "notices", "--json")).Output);
    }
}
