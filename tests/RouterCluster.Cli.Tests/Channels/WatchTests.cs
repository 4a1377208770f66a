namespace RouterCluster.Cli.Tests.Channels;

public sealed class WatchTests
{
    [Fact]
    public async Task Watch_shows_the_channels_until_the_node_refuses()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/alerts", """{ "items": [], "next": null }""");
        node.Answers("GET /admin/v1/channels", Bodies.Channels);

        var watching = Tool.RunAsync(node, "watch");
        while (node.Seen.Count < 4 && !watching.IsCompleted)
        {
            await Task.Delay(20);
        }

        node.Answers("GET /admin/v1/channels", "", 503);
        var ending = await watching;

        Assert.Equal(1, ending.Code);
        Assert.True(ending.Output.Split("alpha").Length > 2, ending.Output);
        Assert.Contains("No alert.", ending.Output, StringComparison.Ordinal);
        Assert.Contains("503", ending.Error, StringComparison.Ordinal);
    }
}
