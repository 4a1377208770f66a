namespace RouterCluster.Cli.Tests.Checks;

public sealed class CheckTests
{
    private const string Well = """
        { "node": "akka://router@here",  "at": "2026-01-02T03:04:05.678Z", "status": "ok", "checks": [
          { "name": "storage", "status": "ok", "detail": "the database answers in 3 ms" },
          { "name": "clock", "status": "ok", "detail": "this node's clock agrees with the database's" } ] }
        """;

    private const string Ill = """
        { "node": "akka://router@here", "at": "2026-01-02T03:04:05.678Z", "status": "failed", "checks": [
          { "name": "coverage", "status": "failed", "detail": "shop has only alpha of 2 channels for payout in CNY" } ] }
        """;

    [Fact]
    public async Task Checks_that_are_well_end_with_0_and_one_line_each()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/checks", Well);

        var ending = await Tool.RunAsync(node, "check");

        Assert.Equal(
            (0, "storage  ok: the database answers in 3 ms\nclock    ok: this node's clock agrees with the database's\n"),
            (ending.Code, ending.Output));
    }

    [Fact]
    public async Task A_check_that_has_failed_ends_with_1_also_as_json()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/checks?name=coverage", Ill);

        var ending = await Tool.RunAsync(node, "check", "coverage");
        var json = await Tool.RunAsync(node, "check", "coverage", "--json");

        Assert.Equal(
            (1, "coverage  failed: shop has only alpha of 2 channels for payout in CNY\n"), (ending.Code, ending.Output));
        Assert.Equal((1, Ill), (json.Code, json.Output));
    }

    [Fact]
    public async Task Json_comes_as_it_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/checks", Well);

        var ending = await Tool.RunAsync(node, "check", "--json");

        Assert.Equal((0, Well), (ending.Code, ending.Output));
    }

    [Fact]
    public Task A_check_that_does_not_exist_asks_nobody() => Tool.AsksNobodyAsync("check weather");

    [Fact]
    public async Task A_node_that_does_not_answer_ends_with_1() => Assert.Equal(1, (await Tool.RunAsync(
        new Dictionary<string, string> { ["ROUTERCTL_URL"] = "http://127.0.0.1:1" }, ["check"])).Code);

    [Fact]
    public async Task Help_has_an_example() =>
        Assert.Contains("routerctl check coverage", await Tool.HelpAsync("check"), StringComparison.Ordinal);
}
