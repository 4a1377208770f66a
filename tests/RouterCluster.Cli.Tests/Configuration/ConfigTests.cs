namespace RouterCluster.Cli.Tests.Configuration;

public sealed class ConfigTests : IDisposable
{
    private const string Text = "router.channels.alpha.weight = 2\n";
    private readonly string _file = Path.GetTempFileName();

    public ConfigTests() => File.WriteAllText(_file, Text);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Apply_sends_the_file_with_the_reason_and_shows_the_changes()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/config?dry_run=false&reason=more%20money", """
            { "version": 3, "changes": [ { "what": "channel alpha: weight 1 -> 2" } ], "errors": [] }
            """);

        var ending = await Tool.RunAsync(node, "config", "apply", _file, "--reason", "more money");

        Assert.Equal((0, ""), (ending.Code, ending.Error));
        Assert.Contains("channel alpha: weight 1 -> 2", ending.Output, StringComparison.Ordinal);
        Assert.Contains("In force as configuration 3.", ending.Output, StringComparison.Ordinal);
        Assert.Equal(Text, Assert.Single(node.Seen).Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public async Task A_dry_run_with_errors_fails_and_shows_them(string more)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/config?dry_run=true", """
            { "version": null, "changes": [], "errors": [ { "key": "router.channels.alpha.weight",
              "what": "router.channels.alpha.weight: \"-1\", allowed is a number above 0 (line 1)", "line": 1 } ] }
            """);

        string[] arguments = ["config", "apply", _file, "--dry-run", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var ending = await Tool.RunAsync(node, arguments);

        Assert.Equal(1, ending.Code);
        Assert.Contains("allowed is a number above 0", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_or_a_readable_file_nobody_is_asked()
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await Tool.RunAsync(node, "config", "apply", _file)).Code);
        var missing = await Tool.RunAsync(node, "config", "apply", _file + ".none", "--dry-run");

        Assert.Equal(1, missing.Code);
        Assert.Contains(".none", missing.Error, StringComparison.Ordinal);
        Assert.Empty(node.Seen);
    }
}
