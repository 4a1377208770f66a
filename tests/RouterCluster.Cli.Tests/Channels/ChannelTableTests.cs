namespace RouterCluster.Cli.Tests.Channels;

public sealed class ChannelTableTests
{
    [Fact]
    public async Task Channels_shows_a_row_for_each_with_what_an_operator_looks_for()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", Bodies.Channels);

        var ending = await Tool.RunAsync(node, "channels");

        Assert.Equal(0, ending.Code);
        Assert.Matches(
            @"alpha +active +- +31\.0% +97\.4% +7 +1h 2m +closed +3/16 +2 +200 +21ms +1\.5s +half_open +0/4 +0 +50 +0ms +0ms",
            ending.Output);
        Assert.Matches(@"bravo +disabled +- +0\.0% +- +0 +- +isolated +0/8 +0 +12\.5", ending.Output);
    }

    [Fact]
    public async Task A_channel_without_an_owner_that_sends_shows_for_how_long()
    {
        await using var node = await StubNode.StartAsync();
        var waiting = Bodies.Alpha.Replace(
            "\"lifecycle\": \"active\"", "\"lifecycle\": \"no_owner\", \"no_owner_seconds\": 12", StringComparison.Ordinal);
        node.Answers("GET /admin/v1/channels", $$"""{ "items": [ {{waiting}} ], "next": null }""");
        node.Answers("GET /admin/v1/channels/alpha", waiting);

        Assert.Matches("alpha +no_owner 12s", (await Tool.RunAsync(node, "channels")).Output);
        Assert.Matches("Owner +none that sends, for 12s", (await Tool.RunAsync(node, "channel", "show", "alpha")).Output);
    }

    [Fact]
    public async Task Numbers_end_in_the_same_column()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", Bodies.Channels);

        var ending = await Tool.RunAsync(node, "channels");

        int EndOf(string word) =>
            ending.Lines.First(line => line.Contains(word)).IndexOf(word, StringComparison.Ordinal) + word.Length;
        Assert.Equal(EndOf("Busy"), EndOf("3/16"));
        Assert.Equal(EndOf("Busy"), EndOf("0/8"));
        Assert.Equal(EndOf("Rate/s"), EndOf("12.5"));
    }

    [Fact]
    public async Task Show_adds_the_unknown_money_and_the_last_change()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Alpha);

        var ending = await Tool.RunAsync(node, "channel", "show", "alpha");

        Assert.Equal(0, ending.Code);
        Assert.Contains("7, 12,345.67 CNY, oldest 1h 2m", ending.Output);
        Assert.Contains("enabled by alice, 2026-01-02 03:04:05.678 UTC: bank is back", ending.Output);
        Assert.Contains("until 2026-01-02 06:30:00.000 UTC", ending.Output);
        Assert.Contains("withhold, payout", ending.Output);
        Assert.Matches("Weight +1", ending.Output);
    }

    [Fact]
    public async Task More_pages_are_said_to_exist()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", """{ "items": [], "next": "c1" }""");

        var ending = await Tool.RunAsync(node, "channels");

        Assert.Contains("more channels", ending.Output);
    }

    [Fact]
    public async Task Control_characters_and_markup_of_the_node_are_printed_as_text()
    {
        await using var node = await StubNode.StartAsync();
        var hostile = Bodies.Alpha.Replace("bank is back", @"[bold]x[/] \u001b[2J\u0007\n\u202Eevil");
        node.Answers("GET /admin/v1/channels/alpha", hostile);

        var ending = await Tool.RunAsync(node, "channel", "show", "alpha");

        Assert.Contains(@"[bold]x[/] \u001b[2J\u0007\u000a\u202eevil", ending.Output);
        Assert.DoesNotContain('\u001b', ending.Output);
        Assert.DoesNotContain('\u202e', ending.Output);
    }
}
