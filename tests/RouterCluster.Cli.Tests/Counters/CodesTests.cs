namespace RouterCluster.Cli.Tests.Counters;

public sealed class CodesTests
{
    private const string Path = "GET /admin/v1/channels/alpha/codes";

    private const string Codes = """
        { "channel": "alpha", "since": "2026-01-02T03:04:00.000Z",  "until": "2026-01-02T04:04:05.678Z", "compared": true,
          "count": 1000, "items": [
          { "code": "X7", "class": "unknown", "count": 3, "share": 0.003, "new": true, "unmapped": true, "sample": "pay_3x1" },
          { "code": "61", "class": "customer_limit", "count": 7, "share": 0.007, "new": true, "unmapped": false, "sample": null },
          { "code": "99", "class": "unknown", "count": 40, "share": 0.04, "new": false, "unmapped": true, "sample": "pay_3x2" },
          { "code": "00", "class": "success", "count": 950, "share": 0.95, "new": false, "unmapped": false,
            "sample": "pay_3x3" } ],
          "banks": [ { "bank": "ICBC", "attempts": 990, "succeeded": 950, "failed": 7, "faults": 2, "unresolved": 43 } ] }
        """;

    [Fact]
    public async Task Codes_are_listed_as_the_node_sorts_them_and_marked()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"{Path}?since=2h", Codes);

        var ending = await Tool.RunAsync(node, "codes", "alpha", "--since", "2h");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"X7 +new, unmapped +3 +0\.3% +unknown +pay_3x1\n61 +new +7 +0\.7% +customer_limit", ending.Output);
        Assert.Matches(@"99 +unmapped +40 +4\.0% +unknown +pay_3x2\n00 +- +950 +95\.0% +success +pay_3x3", ending.Output);
        Assert.Matches(@"ICBC +990 +950 +7 +2 +43", ending.Output);
        Assert.Contains("1000 reports of alpha since 2026-01-02 03:04:00.000 UTC.", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_one_line_for_each_code_and_json_comes_as_it_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(Path, Codes);

        var csv = await Tool.RunAsync(node, "codes", "alpha", "-o", "csv");

        Assert.StartsWith(
            "code,class,count,share,new,unmapped,sample\nX7,unknown,3,0.003,yes,yes,pay_3x1\n", csv.Output,
            StringComparison.Ordinal);
        Assert.Equal(6, csv.Lines.Count);
        Assert.Equal(Codes, (await Tool.RunAsync(node, "codes", "alpha", "--json")).Output);
    }

    [Fact]
    public async Task Nothing_is_a_sentence_that_says_whether_it_was_compared()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(
            Path,
            """
            { "channel": "alpha", "since": "2026-01-02T03:04:00.000Z", "until": "2026-01-02T04:04:05.678Z", "compared": false,
              "count": 0, "items": [], "banks": [] }
            """);

        var output = (await Tool.RunAsync(node, "codes", "alpha")).Output;

        Assert.StartsWith("Nothing was counted.\n", output, StringComparison.Ordinal);
        Assert.Contains("none is called new", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("codes")]
    [InlineData("codes ..")]
    [InlineData("codes alpha -o xml")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example_and_says_what_the_counters_do_not_have()
    {
        var help = await Tool.HelpAsync("codes");

        Assert.Contains("routerctl codes alpha --since 1h", help, StringComparison.Ordinal);
        Assert.Contains("codes are not counted by bank", help, StringComparison.Ordinal);
    }
}
