namespace RouterCluster.Cli.Tests.Channels;

/// <summary>Parts of channels that are switched off.</summary>
public sealed class ExclusionTests
{
    [Theory]
    [InlineData("--bank ICBC --product payout", """{"reason":"x","bank":"ICBC","product":"payout"}""")]
    [InlineData("--merchant shop --for 2h", """{"reason":"x","merchant":"shop","for":"2h"}""")]
    [InlineData("--amount 1..5000", """{"reason":"x","min_amount":1,"max_amount":5000}""")]
    [InlineData("--amount 5000..", """{"reason":"x","min_amount":5000}""")]
    [InlineData("--amount ..5000", """{"reason":"x","max_amount":5000}""")]
    public async Task Exclude_posts_what_was_given_and_nothing_else(string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/channels/alpha/exclusions", Bodies.Excluding);

        var ending = await Tool.RunAsync(node, ["channel", "exclude", "alpha", .. options.Split(' '), "--reason", "x"]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
        Assert.Matches("Exclusions +2", ending.Output);
    }

    [Theory]
    [InlineData("--reason x")]
    [InlineData("--bank ICBC")]
    [InlineData("--amount 5 --reason x")]
    [InlineData("--amount 0..5 --reason x")]
    [InlineData("--amount 1,5..6 --reason x")]
    [InlineData("--amount 1..2..3 --reason x")]
    [InlineData("--amount -1..2 --reason x")]
    public async Task An_exclusion_that_says_too_little_is_wrong_use(string options)
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await Tool.RunAsync(node, ["channel", "exclude", "alpha", .. options.Split(' ')])).Code);
        Assert.Empty(node.Seen);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("--reason well", """{"reason":"well"}""")]
    public async Task Include_takes_back_by_number(string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("DELETE /admin/v1/channels/alpha/exclusions/3", Bodies.Alpha);

        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ending = await Tool.RunAsync(node, ["channel", "include", "alpha", "3", .. words]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
        Assert.Equal(2, (await Tool.RunAsync(node, "channel", "include", "alpha", "three")).Code);
    }

    [Fact]
    public async Task A_channel_is_shown_with_its_exclusions_in_whole_sentences_and_the_list_counts_them()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Excluding);
        node.Answers("GET /admin/v1/channels", $$"""{ "items": [ {{Bodies.Excluding}} ], "next": null }""");

        var shown = (await Tool.RunAsync(node, "channel", "show", "alpha")).Output;
        var list = await Tool.RunAsync(node, "channels");
        var json = await Tool.RunAsync(node, "channel", "show", "alpha", "--json");

        var text = string.Join(' ', shown.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "excluded 1: bank ICBC, product payout, until 2026-01-02 05:04:05.000 UTC, by alice since "
            + "2026-01-02 03:04:05.000 UTC: it hangs",
            text, StringComparison.Ordinal);
        Assert.Contains("excluded 3: merchant shop, amount from 1, amount up to 5000, by bob since", text);
        Assert.Contains("Excluded", list.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" 2", list.Lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(Bodies.Excluding, json.Output);
    }

    [Fact]
    public async Task Explain_names_the_exclusion()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments/pay_1/explain", """
            { "payment": "pay_1", "attempts": [ { "no": 1, "policy": "success-rate/1", "chosen": "bravo", "draw": 0.5,
              "candidates": [ { "channel": "bravo", "score": 1 } ],
              "excluded": [ { "channel": "alpha", "reason": "excluded_by_operator", "exclusion": 3 } ] } ] }
            """);

        var output = (await Tool.RunAsync(node, "explain", "pay_1")).Output;

        Assert.Matches(@"alpha +- +excluded: excluded_by_operator \(exclusion 3\)", output);
    }
}
