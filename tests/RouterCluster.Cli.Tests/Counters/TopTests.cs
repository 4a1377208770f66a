namespace RouterCluster.Cli.Tests.Counters;

public sealed class TopTests
{
    private const string Movers = """
        { "since": "2026-01-02T03:00:00.000Z", "until": "2026-01-02T03:05:30.000Z", "minutes_before": 30, "items": [
          { "dimension": "code", "name": "alpha/51", "what": "count", "before_per_minute": 1.25, "now_per_minute": 40,
            "deviations": 21.54 },
          { "dimension": "channel", "name": "alpha", "what": "succeeded", "before_per_minute": 100, "now_per_minute": 60,
            "deviations": -9.2 } ] }
        """;

    [Fact]
    public async Task Movers_are_listed_with_what_is_usual_and_what_is_now()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/movers?minutes=5&limit=2", Movers);

        var ending = await Tool.RunAsync(node, "top", "--minutes", "5", "--limit", "2");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"code +alpha/51 +count +1\.3 +40\.0 +\+21\.5", ending.Output);
        Assert.Matches(@"channel +alpha +succeeded +100\.0 +60\.0 +-9\.2", ending.Output);
        Assert.Contains("compared with the 30 min before", ending.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "Nothing changed more than by chance.")]
    [InlineData(0, "nothing can be compared")]
    public async Task An_empty_list_says_why(int before, string says)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(
            "GET /admin/v1/movers",
            $$"""
            { "since": "2026-01-02T03:00:00.000Z", "until": "2026-01-02T03:05:30.000Z", "minutes_before": {{before}},
              "items": [] }
            """);

        Assert.Contains(says, (await Tool.RunAsync(node, "top")).Output, StringComparison.Ordinal);
    }
}
