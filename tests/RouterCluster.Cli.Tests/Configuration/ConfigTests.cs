namespace RouterCluster.Cli.Tests.Configuration;

public sealed class ConfigTests : IDisposable
{
    private const string Text = "router.channels.alpha.weight = 2\n";

    private const string Versions = """
        { "items": [ { "version": 7, "at": "2026-01-02T03:04:05.678Z", "by": "alice", "reason": "worse (back to 3)",
          "changes": 2, "in_force": true } ],  "next": "6" }
        """;

    private const string Difference = """
        { "version": 7, "at": "2026-01-02T03:04:05.678Z", "by": "alice", "reason": "worse (back to 3)", "in_force": true,
          "changes": [ { "what": "channel alpha: secret changed" },  { "what": "channel alpha: weight 2 -> 1" } ] }
        """;

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

    [Fact]
    public async Task History_lists_versions_as_a_table_csv_and_json_as_it_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/config/versions", Versions);
        node.Answers("GET /admin/v1/config/versions?cursor=3&limit=2", Versions);

        var shown = await Tool.RunAsync(node, "config", "history");
        var csv = await Tool.RunAsync(node, "config", "history", "-o", "csv");

        Assert.Matches(@"7 +yes +2026-01-02 03:04:05\.678 UTC +alice +2 +worse \(back to 3\)", shown.Output);
        Assert.Contains("There are more: --cursor 6", shown.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            "version,at,by,reason,changes,in_force\n7,2026-01-02T03:04:05.678Z,alice,worse (back to 3),2,yes\n", csv.Output,
            StringComparison.Ordinal);
        Assert.Equal(Versions, (await Tool.RunAsync(node, "config", "history", "--json")).Output);
        Assert.Equal(0, (await Tool.RunAsync(node, "config", "history", "--cursor", "3", "--limit", "2")).Code);
    }

    [Fact]
    public async Task History_of_a_version_shows_its_difference()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/config/versions/7", Difference);

        var shown = await Tool.RunAsync(node, "config", "history", "7");

        Assert.Matches(@"Configuration +7 \(in force\)", shown.Output);
        Assert.Contains("channel alpha: secret changed\nchannel alpha: weight 2 -> 1\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal(Difference, (await Tool.RunAsync(node, "config", "history", "7", "--json")).Output);
    }

    [Fact]
    public async Task Rollback_sends_the_reason_and_shows_changes_and_secrets_that_stay()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/config/versions/3/rollback?dry_run=false&reason=too%20much", RolledBack("8"));
        node.Answers("POST /admin/v1/config/versions/3/rollback?dry_run=true", RolledBack("null"));

        var done = await Tool.RunAsync(node, "config", "rollback", "3", "--reason", "too much");
        var dry = await Tool.RunAsync(node, "config", "rollback", "3", "--dry-run");

        Assert.Equal(
            "channel alpha: weight 2 -> 1\nchannel alpha: secret is not taken back (it was replaced since)\n"
            + "In force as configuration 8.\n",
            done.Output);
        Assert.EndsWith("Nothing was changed: this was a dry run.\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(
            RolledBack("8"), (await Tool.RunAsync(node, "config", "rollback", "3", "--reason", "too much", "--json")).Output);
    }

    [Theory]
    [InlineData("config rollback 3")]
    [InlineData("config rollback --dry-run")]
    [InlineData("config rollback -1 --dry-run")]
    [InlineData("config rollback 1/.. --dry-run")]
    [InlineData("config history last")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_examples()
    {
        Assert.Contains("config rollback 3 --dry-run", await Tool.HelpAsync("config", "rollback"), StringComparison.Ordinal);
        Assert.Contains("config history 3", await Tool.HelpAsync("config", "history"), StringComparison.Ordinal);
    }

    private static string RolledBack(string version) => $$"""
        { "version": {{version}}, "changes": [ { "what": "channel alpha: weight 2 -> 1" } ], "errors": [],
          "kept": [ { "what": "channel alpha: secret is not taken back (it was replaced since)" } ] }
        """;
}
