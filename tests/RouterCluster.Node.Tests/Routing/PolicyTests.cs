using System.Text.Json.Nodes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Routing;

public sealed class PolicyTests
{
    private const string Routed = """
        router.policies.first { kind = priority, channels = [bravo] }
        router.merchants.shop.routing."*" {
          policy = first, shadow = [sticky], canary = weighted, canary-percent = 10, exclude = [alpha]
        }
        """;

    [Fact]
    public async Task Policies_are_listed_with_their_results_and_routes()
    {
        await using var node = await TestNode.StartAsync(Routed);
        Fill(node.Get<PolicyFigures>());

        var answer = await node.GetAsync("/admin/v1/policies", "t-viewer");

        Assert.Equal(200, answer.Status);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                [ { "policy": "first/1", "role": "active", "decisions": 4, "agreement": 1, "expected_success": 0.9,
                    "attempts": 2, "observed_success": 0.5 },
                  { "policy": "sticky/1", "role": "shadow", "decisions": 4, "agreement": 0.25, "expected_success": 0.8,
                    "attempts": 0, "observed_success": null } ]
                """),
            answer.Json!["items"]), answer.Text);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                [ { "merchant": "shop", "product": "*", "policy": "first", "shadow": ["sticky"], "canary": "weighted",
                    "canary_percent": 10, "exclude": ["alpha"], "explore_up_to": 1000000 } ]
                """),
            answer.Json["routes"]), answer.Text);
        Assert.Contains(
            "shop: 1 channel(s) left for withhold; re-routing needs two",
            answer.Json["warnings"]!.AsArray().Select(line => (string?)line));
    }

    [Fact]
    public async Task Results_are_metrics()
    {
        await using var node = await TestNode.StartAsync(Routed);
        Fill(node.Get<PolicyFigures>());

        var lines = (await node.GetAsync("/metrics", null)).Text.Split('\n');

        Assert.Contains(lines, Line(
            "router_policy_decisions_total", "policy=\"sticky/1\"", "role=\"shadow\"", "agrees=\"false\"", " 3 "));
        Assert.Contains(lines, Line("router_policy_expected_success", "policy=\"first/1\"", "role=\"active\"", " 0.9 "));
        Assert.Contains(lines, Line("router_policy_observed_success", "policy=\"first/1\"", " 0.5 "));
    }

    [Fact]
    public async Task An_operators_token_is_needed()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(401, (await node.GetAsync("/admin/v1/policies", "shop-key")).Status);
    }

    private static Predicate<string> Line(params string[] parts) =>
        line => parts.All(part => (line + " ").Contains(part, StringComparison.Ordinal));

    private static void Fill(PolicyFigures board)
    {
        board.Write([
            new PolicyStanding("first/1", PolicyRole.Active, 4, 4, 3.6),
            new PolicyStanding("sticky/1", PolicyRole.Shadow, 4, 1, 3.2),
        ]);
        board.Ended("first/1", OutcomeClass.Success);
        board.Ended("first/1", OutcomeClass.ChannelMaintenance);
        board.Ended("first/1", OutcomeClass.CustomerFunds);
    }
}
