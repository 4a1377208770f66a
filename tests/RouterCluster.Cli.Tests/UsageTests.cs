namespace RouterCluster.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("channels --nonsense")]
    [InlineData("channels extra")]
    [InlineData("channel")]
    [InlineData("channel show")]
    [InlineData("channel show ..")]
    [InlineData("channel set alpha")]
    [InlineData("channel set alpha --reason why --dry-run")]
    [InlineData("channel set alpha --concurrency 0")]
    [InlineData("channel set alpha --concurrency 1.5")]
    [InlineData("channel set alpha --concurrency -3")]
    [InlineData("channel set alpha --concurrency 99999999999")]
    [InlineData("channel set alpha --concurrency")]
    [InlineData("channel set alpha --rate 0")]
    [InlineData("channel set alpha --rate 1,5")]
    [InlineData("channel set alpha --query-rate NaN")]
    [InlineData("channel set alpha --weight -1")]
    [InlineData("channel set alpha --weight 0")]
    [InlineData("channel set alpha --weight Infinity")]
    [InlineData("channel set alpha --weight 1 --weight 2")]
    [InlineData("channel set alpha --isolate maybe")]
    [InlineData("payment")]
    [InlineData("payment A-1001")]
    [InlineData("explain")]
    [InlineData("channels --url nowhere")]
    [InlineData("channels --url ftp://127.0.0.1")]
    [InlineData("channels --url")]
    public async Task A_wrong_command_line_ends_with_2_and_asks_nobody(string arguments)
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, ending.Code);
        Assert.Equal("", ending.Output);
        Assert.StartsWith("routerctl: ", ending.Error, StringComparison.Ordinal);
        Assert.Empty(node.Seen);
    }

    [Fact]
    public async Task A_wrong_number_is_named_with_what_is_allowed()
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, "channel", "set", "alpha", "--rate", "fast");

        Assert.Contains("--rate must be a number above 0, not 'fast'.", ending.Error);
    }

    [Fact]
    public async Task A_mistyped_verb_is_named()
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, "chanels");

        Assert.StartsWith("routerctl: Unknown verb, argument or option 'chanels'.", ending.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Required", ending.Error);
    }

    [Fact]
    public async Task A_token_that_no_header_can_carry_is_a_mistake()
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, "channels", "--token", "two words");

        Assert.Equal(2, ending.Code);
        Assert.Contains("--token", ending.Error);
        Assert.Empty(node.Seen);
    }

    [Fact]
    public async Task Help_names_the_settings_that_reset_takes_once()
    {
        await using var node = await StubNode.StartAsync();

        var channel = await Tool.RunAsync(node, "channel", "--help");
        var reset = await Tool.RunAsync(node, "channel", "reset", "--help");

        Assert.Matches(@"reset <id> <setting> +Take back", channel.Output);
        Assert.Contains("query-concurrency, query-rate, weight", reset.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("|", reset.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("channel set --help")]
    public async Task Help_is_no_mistake(string arguments)
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, arguments.Split(' '));

        Assert.Equal(0, ending.Code);
        Assert.Contains("--url", ending.Output);
    }
}
