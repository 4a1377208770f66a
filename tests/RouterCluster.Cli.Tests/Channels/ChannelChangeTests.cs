namespace RouterCluster.Cli.Tests.Channels;

public sealed class ChannelChangeTests
{
    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("drain")]
    public async Task A_switch_posts_its_reason_and_shows_the_channel_that_comes_back(string verb)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST /admin/v1/channels/bravo/{verb}", Bodies.Bravo);

        var ending = await Tool.RunAsync(node, "channel", verb, "bravo", "--reason", "@bank closed");

        Assert.Equal(0, ending.Code);
        Assert.Matches("Lifecycle +disabled", ending.Output);
        Assert.Equal("""{"reason":"@bank closed"}""", Assert.Single(node.Seen).Body);
    }

    [Fact]
    public async Task A_switch_without_reason_sends_none()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/channels/bravo/disable", Bodies.Bravo);

        await Tool.RunAsync(node, "channel", "disable", "bravo");

        Assert.Equal("{}", Assert.Single(node.Seen).Body);
    }

    [Theory]
    [InlineData("--concurrency 8", """{"submit":{"concurrency":8}}""")]
    [InlineData("--rate 12.5", """{"submit":{"rate_per_second":12.5}}""")]
    [InlineData("--query-concurrency 2 --query-rate 5", """{"query":{"concurrency":2,"rate_per_second":5}}""")]
    [InlineData("--weight 0.5", """{"weight":0.5}""")]
    [InlineData("--isolate on", """{"isolated":true}""")]
    [InlineData("--isolate off --reason back", """{"isolated":false,"reason":"back"}""")]
    public async Task Set_patches_what_was_given_and_nothing_else(string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("PATCH /admin/v1/channels/alpha", Bodies.Alpha);

        var ending = await Tool.RunAsync(node, ["channel", "set", "alpha", .. options.Split(' ')]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
        Assert.Contains("Channel", ending.Output);
    }

    [Theory]
    [InlineData("", """{"query":null,"submit":null,"weight":null}""")]
    [InlineData("submit.concurrency", """{"submit":{"concurrency":null}}""")]
    [InlineData("concurrency rate weight", """{"submit":{"concurrency":null,"rate_per_second":null},"weight":null}""")]
    [InlineData("query", """{"query":null}""")]
    [InlineData("query query-rate", """{"query":null}""")]
    [InlineData("query-concurrency --reason agreed", """{"query":{"concurrency":null},"reason":"agreed"}""")]
    public async Task Reset_sends_null_for_what_is_taken_back(string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("PATCH /admin/v1/channels/alpha", Bodies.Alpha);

        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ending = await Tool.RunAsync(node, ["channel", "reset", "alpha", .. words]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
    }

    [Fact]
    public async Task Reset_of_a_setting_that_is_none_is_wrong_use()
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await Tool.RunAsync(node, "channel", "reset", "alpha", "colour")).Code);
        Assert.Empty(node.Seen);
    }

    [Fact]
    public async Task Overrides_are_shown_with_who_and_since_when()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Overridden);

        var shown = await Tool.RunAsync(node, "channel", "show", "alpha");
        Assert.Contains(
            "submit.concurrency is 3 instead of 16, by alice since 2026-01-02 03:04:05", Unwrapped(shown.Output),
            StringComparison.Ordinal);

        static string Unwrapped(string text) =>
            string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_origin_of_every_setting_is_shown_configured_overridden_and_in_force()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Overridden);
        node.Answers("GET /admin/v1/channels/old", Bodies.Alpha);

        var output = (await Tool.RunAsync(node, "channel", "show", "alpha", "--origin")).Output;

        Assert.Matches(@"submit\.concurrency +16 +3 +16 +alice +2026-01-02 03:04:05", output);
        Assert.Matches(@"submit\.rate_per_second +200 +- +200 +- +- +-\n", output);
        Assert.Matches(@"weight +1 +0\.5 +0\.5 +- +- +-\n", output);
        Assert.Contains("Last change: enabled by alice", output, StringComparison.Ordinal);
        var old = (await Tool.RunAsync(node, "channel", "show", "old", "--origin")).Output;
        Assert.Contains("earlier version", old, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_odd_id_stays_one_part_of_the_path()
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, "channel", "show", "a/../b?c");

        Assert.Equal(1, ending.Code);
        Assert.Equal("/admin/v1/channels/a%2F..%2Fb%3Fc", Assert.Single(node.Seen).Path);
    }
}
