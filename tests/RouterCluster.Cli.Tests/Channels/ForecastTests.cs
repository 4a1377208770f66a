namespace RouterCluster.Cli.Tests.Channels;

/// <summary>What an operator is shown before a change.</summary>
public sealed class ForecastTests
{
    private const string Drain = """
        { "channel": "alpha", "changes": [ { "what": "lifecycle", "now": "active", "then": "draining" } ],
          "since": "2026-01-02T03:04:00.000Z", "until": "2026-01-02T04:04:00.000Z", "complete": true, "payments": 40,
          "moving": 30, "moving_share": 0.75, "success_before": 0.9, "success_after": 0.85, "items": [
          { "merchant": "shop", "product": "withhold", "currency": "CNY", "payments": 40, "amount": 480000, "moving": 30,
            "moving_amount": 360000, "moving_share_of_all": 0.5, "without_channel": 5, "chosen": "policy",
            "to": [ { "channel": "bravo", "payments": 25, "share": 0.833 } ], "success_before": 0.9, "success_after": 0.85 } ],
          "targets": [ { "channel": "bravo", "payments": 25, "per_second": 0.007, "concurrency": null, "free_concurrency": 13,
            "free_rate_per_second": 12.5, "success_rate": 0.97, "enough": null } ],
          "held_back": { "queued": { "count": 2, "amount": 24000 }, "in_flight": { "count": 3, "amount": 36000 },
            "unknown": { "count": null, "amount": null }, "queued_go": "to_the_channel", "currency": "CNY" },
          "left_without_channel": [ { "merchant": "shop", "product": "payout" } ],
          "not_known": [ "the counters cannot be read" ] }
        """;

    private const string Path = "/admin/v1/channels/alpha";

    [Fact]
    public async Task A_dry_run_shows_what_moves_where_to_and_what_is_held_back()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST {Path}/drain?dry_run=true", Drain);

        var ending = await Tool.RunAsync(node, "channel", "drain", "alpha", "--dry-run", "--for", "2h", "--reason", "it hangs");

        Assert.Equal(0, ending.Code);
        Assert.Matches("lifecycle +active -> draining for 2h", ending.Output);
        Assert.Matches(@"Would move +30 \(75.0%\)", ending.Output);
        Assert.Matches("Success +90.0% -> 85.0%", ending.Output);
        Assert.Matches("Queued there +2, 240.00 CNY; they would still be sent", ending.Output);
        Assert.Matches("Unknown +not known", ending.Output);
        Assert.Matches(@"shop +withhold +40 +30 +3,600.00 CNY +bravo 83.3% +5", ending.Output);
        Assert.Matches("bravo +25 .* not known", ending.Output);
        Assert.Contains("shop is left without a channel for payout.", ending.Output, StringComparison.Ordinal);
        Assert.Contains("Not known: the counters cannot be read", ending.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed (--dry-run).\n", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_which_settings_stay_as_they_are()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"PATCH {Path}?dry_run=true", Drain.Replace(
            """{ "what": "lifecycle", "now": "active", "then": "draining" }""",
            """
            { "what": "submit.concurrency", "now": "3", "then": "16" }, { "what": "weight", "now": "1", "then": "1" }
            """,
            StringComparison.Ordinal));

        var plan = (await Tool.RunAsync(node, "channel", "reset", "alpha", "--dry-run")).Output;

        Assert.Matches(@"submit\.concurrency +3 -> 16\n", plan);
        Assert.Matches(@"weight +1 \(stays\)\n", plan);
    }

    [Theory]
    [InlineData("disable alpha --for 2h", "POST", "/disable", """{"for":"2h"}""")]
    [InlineData("enable alpha", "POST", "/enable", "{}")]
    [InlineData("set alpha --weight 2", "PATCH", "", """{"weight":2}""")]
    [InlineData("reset alpha submit", "PATCH", "", """{"submit":null}""")]
    [InlineData("exclude alpha --bank ICBC --reason hangs", "POST", "/exclusions", """{"reason":"hangs","bank":"ICBC"}""")]
    public async Task The_node_is_asked_with_the_change_itself_and_not_to_make_it(
        string change, string method, string path, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"{method} {Path}{path}?dry_run=true", Drain);

        var ending = await Tool.RunAsync(node, ["channel", .. change.Split(' '), "--dry-run", "--json"]);

        Assert.Equal((0, Drain), (ending.Code, ending.Output));
        Assert.Equal(body, Assert.Single(node.Seen).Body);
    }
}
