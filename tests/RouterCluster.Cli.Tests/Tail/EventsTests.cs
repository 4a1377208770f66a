namespace RouterCluster.Cli.Tests.Tail;

public sealed class EventsTests
{
    private const string Events = """
        { "items": [
          { "time": "2026-01-02T03:04:05.678Z", "kind": "breaker", "channel": "alpha", "text": "submit breaker is open",
            "tags": ["breaker", "alpha", "submit", "open"] },
          { "time": "2026-01-02T03:04:01.000Z", "kind": "node", "channel": null, "text": "dave: node b drained, [red]",
            "tags": ["node", "dave"] } ],  "next": "7.1.x" }
        """;

    [Fact]
    public async Task Events_are_listed_newest_first_with_the_cursor_of_the_next_page()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/events?since=1h", Events);

        var ending = await Tool.RunAsync(node, "events");

        Assert.Equal((0, ""), (ending.Code, ending.Error));
        Assert.Matches(
            @"2026-01-02 03:04:05\.678 UTC +breaker +alpha +submit breaker is open\n"
            + @"2026-01-02 03:04:01\.000 UTC +node +- +dave: node b drained, \[red\]", ending.Output);
        Assert.Contains("There are more: --cursor 7.1.x", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_filter_is_sent()
    {
        await using var node = await StubNode.StartAsync();
        const string Path = "GET /admin/v1/events?since=1d&until=2h&channel=alpha&kind=breaker&cursor=7.1.x&limit=5";
        node.Answers(Path, Events);

        var ending = await Tool.RunAsync(
            node, "events", "--since", "1d", "--until", "2h", "--channel", "alpha", "--kind", "breaker", "--cursor", "7.1.x",
            "--limit", "5");

        Assert.Equal(0, ending.Code);
    }

    [Fact]
    public async Task Csv_has_one_line_for_each_event_and_json_comes_as_it_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/events?since=1h", Events);

        var csv = await Tool.RunAsync(node, "events", "-o", "csv");

        Assert.Equal(
            "time,kind,channel,text,tags\n"
            + "2026-01-02T03:04:05.678Z,breaker,alpha,submit breaker is open,breaker alpha submit open\n"
            + "2026-01-02T03:04:01.000Z,node,,\"dave: node b drained, [red]\",node dave\n",
            csv.Output);
        Assert.Contains("--cursor 7.1.x", csv.Error, StringComparison.Ordinal);
        Assert.Equal(Events, (await Tool.RunAsync(node, "events", "--json")).Output);
    }

    [Fact]
    public async Task A_page_on_which_nothing_fits_says_that_there_is_more()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/events?since=1h&kind=policy", """{ "items": [], "next": "7.1.x" }""");

        var output = (await Tool.RunAsync(node, "events", "--kind", "policy")).Output;

        Assert.StartsWith("Nothing that was looked at so far fits.", output, StringComparison.Ordinal);
        Assert.Contains("--cursor 7.1.x", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events --kind weather")]
    [InlineData("events alpha")]
    [InlineData("events -o xml")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example() =>
        Assert.Contains("routerctl events --since 1h", await Tool.HelpAsync("events"), StringComparison.Ordinal);
}
