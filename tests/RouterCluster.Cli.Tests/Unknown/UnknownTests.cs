namespace RouterCluster.Cli.Tests.Unknown;

public sealed class UnknownTests
{
    private const string Ages = """
        { "under_1m": { "count": 1, "amount": 100 }, "under_10m": { "count": 2, "amount": 200 },
          "under_60m": { "count": 0, "amount": 0 }, "longer": { "count": 4, "amount": 400 } }
        """;

    private const string Run = """
        { "channel": "alpha", "rate_per_second": 12.5, "count": 40, "done": 7, "asked": 5, "by": "alice",
          "since": "2026-01-02T03:04:05.678Z" }
        """;

    private const string Unknown = $$"""
        { "at": "2026-01-02T03:04:05.678Z", "complete": false, "count": 14, "items": [
          { "channel": "alpha", "merchant": "demo", "currency": "CNY", "count": 7, "amount": 70000, "oldest_seconds": 3725,
            "ages": {{Ages}} },
          { "channel": "alpha", "merchant": "shop", "currency": "CNY", "count": 7, "amount": 12000, "oldest_seconds": 3700,
            "ages": {{Ages}} } ],
          "asking": [ {{Run}} ] }
        """;

    [Fact]
    public async Task What_is_unknown_is_summed_by_channel_and_by_merchant()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/unknown", Unknown);

        var ending = await Tool.RunAsync(node, "unknown");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"alpha +14 +820\.00 CNY +2 +4 +0 +8 +1h 2m", ending.Output);
        Assert.Matches(@"demo +7 +700\.00 CNY +1 +2 +0 +4 +1h 2m", ending.Output);
        Assert.Matches(@"alpha +7 of 40 +12\.5 +alice", ending.Output);
        Assert.Contains("There are more", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_a_sentence_and_json_comes_as_it_is()
    {
        const string Nothing =
            """{ "at": "2026-01-02T03:04:05.678Z", "complete": true, "count": 0, "items": [],  "asking": [] }""";
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/unknown", Nothing);

        Assert.Equal("Nothing is unknown.\n", (await Tool.RunAsync(node, "unknown")).Output);
        Assert.Equal(Nothing, (await Tool.RunAsync(node, "unknown", "--json")).Output);
    }

    [Fact]
    public async Task A_payment_is_asked_about()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(
            "POST /admin/v1/payments/pay_1/ask",
            """{ "payment": "pay_1", "channel": "alpha", "order_no": "01J", "asked": true }""");

        var ending = await Tool.RunAsync(node, "unknown", "ask", "pay_1", "--reason", "on the phone");

        Assert.StartsWith("alpha is asked about 01J", ending.Output, StringComparison.Ordinal);
        Assert.Equal("""{"reason":"on the phone"}""", node.Seen.Single().Body);
    }

    [Fact]
    public async Task All_of_a_channel_are_asked_about_at_a_rate()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/unknown/ask", Run, 202);

        var ending = await Tool.RunAsync(node, "unknown", "ask", "--channel", "alpha", "--rate", "12.5");

        Assert.StartsWith("alpha is asked about 40 payments, 12.5 per second", ending.Output, StringComparison.Ordinal);
        Assert.Equal("""{"channel":"alpha","rate_per_second":12.5,"reason":null}""", node.Seen.Single().Body);
    }

    [Theory]
    [InlineData("unknown ask")]
    [InlineData("unknown ask pay_1 --channel alpha")]
    [InlineData("unknown ask pay_1 --rate 3")]
    [InlineData("unknown ask ..")]
    [InlineData("unknown ask --channel alpha --rate fast")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_examples()
    {
        await using var node = await StubNode.StartAsync();

        Assert.Contains("routerctl unknown ask pay_3x1", (await Tool.RunAsync(node, "unknown", "ask", "--help")).Output,
            StringComparison.Ordinal);
    }
}
