using System.Text.Json.Nodes;

namespace RouterCluster.Cli.Tests.Cases;

public sealed class CaseTests
{
    private const string Of = "/admin/v1/cases/pay_3x1";

    [Fact]
    public async Task Cases_are_a_table_of_what_waits_for_whom()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/cases?cursor=c%201&limit=5", $$"""{ "items": [ {{Bodies.Case}} ], "next": "c2" }""");

        var ending = await Tool.RunAsync(node, "cases", "--cursor", "c 1", "--limit", "5");

        Assert.Equal(0, ending.Code);
        Assert.Matches("pay_3x1 +failed +12,000.50 CNY +bravo +late_success +1: succeeded by oscar", ending.Output);
        Assert.Contains("--cursor c2", ending.Output);
    }

    [Fact]
    public async Task A_case_shows_everything_that_is_decided_upon()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET {Of}", Bodies.Case);

        var ending = await Tool.RunAsync(node, "case", "show", "pay_3x1");

        Assert.Equal(0, ending.Code);
        Assert.Contains("bravo said success (code 00)", ending.Output);
        Assert.Matches("Outcome +succeeded \\(attempt 2\\)", ending.Output);
        Assert.Matches("Evidence +statement of 2 January", ending.Output);
        Assert.Matches("Digest +d1e2f3", ending.Output);
    }

    [Fact]
    public async Task A_proposal_is_sent_with_reason_and_evidence()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST {Of}/proposals", Bodies.Proposal, 201);

        var ending = await Tool.RunAsync(
            node, "case", "propose", "pay_3x1", "--outcome", "succeeded", "--reason", "paid after all", "--evidence",
            "statement");

        Assert.Equal(0, ending.Code);
        Assert.Matches("Digest +d1e2f3", ending.Output);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{ "outcome": "succeeded", "reason": "paid after all", "evidence": "statement" }"""),
            JsonNode.Parse(node.Seen.Single().Body)));
    }

    [Fact]
    public async Task An_approval_is_of_what_the_node_shows()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET {Of}", Bodies.Case).Answers($"POST {Of}/proposals/1/approve", Bodies.Case);

        var ending = await Tool.RunAsync(node, "case", "approve", "pay_3x1", "1");

        Assert.Equal(0, ending.Code);
        Assert.Equal("""{"digest":"d1e2f3"}""", node.Seen[^1].Body);
        Assert.Equal(0, (await Tool.RunAsync(node, "case", "approve", "pay_3x1", "1", "--reason", "line 7")).Code);
        Assert.Equal("""{"digest":"d1e2f3","reason":"line 7"}""", node.Seen[^1].Body);
    }

    [Fact]
    public async Task An_approval_with_a_digest_is_of_what_was_seen_before()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST {Of}/proposals/1/approve", Bodies.Problem, 409);

        var ending = await Tool.RunAsync(node, "case", "approve", "pay_3x1", "1", "--digest", "aa");

        Assert.Equal(1, ending.Code);
        Assert.Equal("aa", (string?)JsonNode.Parse(node.Seen.Single().Body)!["digest"]);
    }

    [Fact]
    public async Task What_is_not_there_is_not_approved()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET {Of}", Bodies.Case);

        var ending = await Tool.RunAsync(node, "case", "approve", "pay_3x1", "2");

        Assert.Equal((1, 1), (ending.Code, node.Seen.Count));
        Assert.Contains("the case has no proposal 2", ending.Error);
    }

    [Fact]
    public async Task A_rejection_says_why()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST {Of}/proposals/1/reject", Bodies.Case);

        var ending = await Tool.RunAsync(node, "case", "reject", "pay_3x1", "1", "--reason", "not ours");

        Assert.Equal(0, ending.Code);
        Assert.Equal("not ours", (string?)JsonNode.Parse(node.Seen.Single().Body)!["reason"]);
    }

    [Theory]
    [InlineData("case", "propose", "pay_1", "--outcome", "failed", "--reason", "r")]
    [InlineData("case", "propose", "pay_1", "--outcome", "returned", "--reason", "r", "--evidence", "e")]
    [InlineData("case", "reject", "pay_1", "1")]
    [InlineData("case", "approve", "pay_1")]
    [InlineData("case", "show", "..")]
    public async Task What_is_missing_or_meaningless_is_a_mistake_of_usage(params string[] arguments)
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await Tool.RunAsync(node, arguments)).Code);
        Assert.Empty(node.Seen);
    }

    [Fact]
    public async Task The_audit_says_who_did_what_about_what()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/audit", """
            { "items": [
              { "at": "2026-01-02T05:00:00.000Z", "by": "anna", "what": "approved failed (proposal 1)", "reason": null,
                "channel": null, "payment": "pay_3x1", "evidence": null },
              { "at": "2026-01-02T04:00:00.000Z", "by": "alice", "what": "disabled", "reason": "maintenance",
                "channel": "alpha" } ], "next": null }
            """);

        var ending = await Tool.RunAsync(node, "audit");

        Assert.Equal(0, ending.Code);
        Assert.Matches("anna +approved failed \\(proposal 1\\) +pay_3x1", ending.Output);
        Assert.Matches("alice +disabled +alpha +maintenance", ending.Output);
    }
}
