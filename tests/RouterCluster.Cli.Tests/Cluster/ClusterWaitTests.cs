namespace RouterCluster.Cli.Tests.Cluster;

public sealed class ClusterWaitTests
{
    private const string Path = "GET /admin/v1/checks";

    private const string Healthy = """
        { "node": "n", "at": "2026-01-02T03:04:05.678Z", "status": "failed",  "checks": [
          { "name": "members", "status": "ok", "detail": "3 nodes up and ready" },
          { "name": "owners", "status": "ok", "detail": "6 channels with an owner that sends" },
          { "name": "coverage", "status": "failed", "detail": "shop has none" } ] }
        """;

    private static readonly string Joining = Healthy.Replace(
        """ "ok", "detail": "3 nodes up and ready" """.Trim(), """ "failed", "detail": "b is joining" """.Trim(),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_healthy_cluster_ends_the_wait_whatever_other_checks_say()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Path, Healthy);

        var ending = await Tool.RunAsync(node, "cluster", "wait", "--healthy");
        var json = await Tool.RunAsync(node, "cluster", "wait", "--healthy", "--json");

        Assert.Equal(
            (0, "Healthy: 3 nodes up and ready; 6 channels with an owner that sends.\n", ""),
            (ending.Code, ending.Output, ending.Error));
        Assert.Equal((0, Healthy), (json.Code, json.Output));
    }

    [Fact]
    public async Task The_wait_goes_on_until_nothing_is_missing()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Path, "", 503);

        var waiting = Tool.RunAsync(node, "cluster", "wait", "--healthy");
        await SeenAsync(node, 1);
        node.Answers(Path, Joining);
        await SeenAsync(node, 3);
        node.Answers(Path, Healthy);
        var ending = await waiting;

        Assert.Equal(0, ending.Code);
        Assert.Contains("waiting: the node answered 503", ending.Error, StringComparison.Ordinal);
        Assert.Equal(2, ending.Error.Split("waiting: b is joining").Length);
    }

    [Fact]
    public async Task After_the_time_it_says_what_is_missing()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Path, Joining);

        var ending = await Tool.RunAsync(node, "cluster", "wait", "--healthy", "--timeout", "1s");

        Assert.Equal((1, ""), (ending.Code, ending.Output));
        Assert.EndsWith("routerctl: not healthy after 1s: b is joining\n", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_silent_is_not_waited_for_longer_than_the_timeout()
    {
        await using var node = await StubNode.StartAsync();
        node.IsSilent = true;

        var ending = await Tool.RunAsync(node, "cluster", "wait", "--healthy", "--timeout", "1s");

        Assert.Equal((1, "routerctl: not healthy after 1s: no answer came\n"), (ending.Code, ending.Error));
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_ends_the_wait_at_once()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Path, "", 401);

        var ending = await Tool.RunAsync(node, "cluster", "wait", "--healthy", "--timeout", "10m");

        Assert.Equal(1, ending.Code);
        Assert.Contains("routerctl: not healthy: the node answered 401", ending.Error, StringComparison.Ordinal);
        Assert.Single(node.Seen);
    }

    [Theory]
    [InlineData("cluster wait")]
    [InlineData("cluster wait --healthy --timeout soon")]
    [InlineData("cluster wait --healthy --timeout 0s")]
    [InlineData("cluster wait --healthy --timeout 1.5s")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example() => Assert.Contains(
        "routerctl cluster wait --healthy --timeout 60s", await Tool.HelpAsync("cluster", "wait"), StringComparison.Ordinal);

    private static async Task SeenAsync(StubNode node, int requests)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (node.Seen.Count < requests)
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }
}
