namespace RouterCluster.Cli.Tests.Policies;

public sealed class PoliciesTests
{
    private const string Body = """
        {"items":[
          {"policy":"success-rate/1","role":"active","decisions":1200,"agreement":1,"expected_success":0.951,
           "attempts":1000,"observed_success":0.95},
          {"policy":"cheap/1a2b","role":"shadow","decisions":1200,"agreement":0.8,"expected_success":0.94,
           "attempts":0,"observed_success":null}],
         "next":null,
         "routes":[{"merchant":"shop","product":"*","policy":"success-rate","shadow":["cheap"],"canary":"loyal",
                    "canary_percent":5,"exclude":["echo"],"explore_up_to":1000000}],
         "warnings":["shop: 1 channel(s) left for payout; re-routing needs two"]}
        """;

    [Fact]
    public async Task Policies_are_shown_with_their_results_routes_and_warnings()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/policies", Body);

        var ending = await Tool.RunAsync(node, "policies");

        Assert.Equal(0, ending.Code);
        Row(ending, "success-rate/1", "active", "1,200", "100.0%", "95.1%", "95.0%");
        Row(ending, "cheap/1a2b", "shadow", "80.0%", "94.0%", "0");
        Row(ending, "shop", "cheap", "loyal 5%", "echo", "1,000,000");
        Row(ending, "Warning: shop: 1 channel(s) left for payout");
    }

    [Fact]
    public async Task Json_is_the_nodes_answer()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/policies", Body);

        Assert.Equal(Body, (await Tool.RunAsync(node, "policies", "--json")).Output);
    }

    private static void Row(Ending ending, params string[] cells) => Assert.Contains(
        ending.Lines, line => cells.All(cell => line.Contains(cell, StringComparison.Ordinal)));
}
