namespace RouterCluster.Cli.Tests.Channels;

/// <summary>Changes that end by themselves.</summary>
public sealed class TimedChangeTests
{
    [Theory]
    [InlineData("POST", "/disable", "disable alpha --for 2h", """{"for":"2h"}""")]
    [InlineData("POST", "/drain", "drain alpha --reason slow --for 30m", """{"reason":"slow","for":"30m"}""")]
    [InlineData("PATCH", "", "set alpha --weight 2 --for 1d", """{"weight":2,"for":"1d"}""")]
    [InlineData("PATCH", "", "set alpha --isolate on --for 30s", """{"isolated":true,"for":"30s"}""")]
    public async Task The_time_is_sent_with_the_change(string method, string path, string arguments, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"{method} /admin/v1/channels/alpha{path}", Bodies.Timed);

        var ending = await Tool.RunAsync(node, ["channel", .. arguments.Split(' ')]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
    }

    [Fact]
    public async Task Nothing_is_enabled_for_a_time()
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await Tool.RunAsync(node, "channel", "enable", "alpha", "--for", "2h")).Code);
        Assert.Empty(node.Seen);
    }

    [Fact]
    public async Task The_list_says_until_when_a_channel_is_disabled_and_what_ends_next()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", $$"""{ "items": [ {{Bodies.Timed}} ], "next": null }""");

        var output = (await Tool.RunAsync(node, "channels")).Output;

        Assert.Matches(@"alpha +disabled +05:04:05 ", output);
        Assert.Matches(@" lifecycle 05:04:05 +-\n", output);
    }

    [Fact]
    public async Task Both_views_of_a_channel_say_what_ends_when_and_what_comes_then()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Timed);
        const string Weight =
            "weight is 0.5 until 2026-01-02 07:04:05.000 UTC, then as configured; set by alice, 2026-01-02 03:04:05";

        var shown = await Tool.RunAsync(node, "channel", "show", "alpha");
        var origin = await Tool.RunAsync(node, "channel", "show", "alpha", "--origin");

        Assert.Matches("Lifecycle +disabled", shown.Output);
        foreach (var output in new[] { shown.Output, origin.Output })
        {
            var text = string.Join(' ', output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains("lifecycle is disabled until 2026-01-02 05:04:05.000 UTC, then active; set by alice", text);
            Assert.Contains(Weight, text);
        }

        Assert.Matches(
            @"lifecycle +- +disabled +disabled +alice +2026-01-02 03:04:05\S* UTC +2026-01-02 05:04:05", origin.Output);
        Assert.Matches(@"isolated +- +- +off +- +- +-\n", origin.Output);
        Assert.Matches(@"weight +1 +0\.5 +0\.5 +alice +2026-01-02 03:04:05\S* UTC +2026-01-02 07:04:05", origin.Output);
    }

    [Fact]
    public async Task Json_is_the_nodes_own()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Timed);

        Assert.Equal(Bodies.Timed, (await Tool.RunAsync(node, "channel", "show", "alpha", "--json")).Output);
    }
}
