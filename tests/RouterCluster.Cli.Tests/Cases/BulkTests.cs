using System.Text.Json.Nodes;

namespace RouterCluster.Cli.Tests.Cases;

public sealed class BulkTests
{
    private const string Lists = "/admin/v1/cases/bulk-proposals";

    [Fact]
    public async Task A_list_is_proposed_with_its_filter_and_shown_with_what_was_frozen()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST {Lists}", Bodies.Bulk, 201);

        var ending = await Tool.RunAsync(
            node, "case", "bulk-propose", "--channel", "bravo", "--merchant", "shop", "--case-reason", "payout_not_found",
            "--older-than", "2h", "--product", "payout", "--max-amount", "50000",
            "--outcome", "failed", "--reason", "bravo was down", "--evidence", "statement");

        Assert.Equal(0, ending.Code);
        Assert.Matches("Payments +7", ending.Output);
        Assert.Matches("Amount +1,234.00 CNY", ending.Output);
        Assert.Matches("Which +channel bravo, older than 2h 0m", ending.Output);
        Assert.Matches("Progress +4 decided, 1 refused, 2 waiting", ending.Output);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "filter": { "channel": "bravo", "merchant": "shop", "reason": "payout_not_found", "older_than": 7200,
                    "product": "payout", "max_amount": 50000 },
                  "outcome": "failed", "reason": "bravo was down", "evidence": "statement" }
                """),
            JsonNode.Parse(node.Seen.Single().Body)));
    }

    [Fact]
    public async Task A_list_is_approved_as_it_is_shown_or_as_it_was_seen()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET {Lists}/bulk_7", Bodies.Bulk).Answers($"POST {Lists}/bulk_7/approve", Bodies.Bulk);

        Assert.Equal(0, (await Tool.RunAsync(node, "case", "bulk-approve", "bulk_7")).Code);
        Assert.Equal("d7", (string?)JsonNode.Parse(node.Seen[^1].Body)!["digest"]);
        var seen = await Tool.RunAsync(node, "case", "bulk-approve", "bulk_7", "--digest", "seen", "--reason", "line 7");
        Assert.Equal(0, seen.Code);
        Assert.Equal("""{"digest":"seen","reason":"line 7"}""", node.Seen[^1].Body);
    }

    [Fact]
    public async Task Lists_and_their_payments_are_tables()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET {Lists}", $$"""{ "items": [ {{Bodies.Bulk}} ], "next": null }""")
            .Answers($"GET {Lists}/bulk_7/items?limit=1", """
                { "items": [ { "no": 2, "payment": "pay_3x1", "amount": 100, "state": "refused", "refusal": "content_changed",
                    "currency": "CNY" } ],
                  "next": "2" }
                """);

        var lists = await Tool.RunAsync(node, "case", "bulk-list");
        var items = await Tool.RunAsync(node, "case", "bulk-items", "bulk_7", "--limit", "1");

        Assert.Matches("bulk_7 +approved +failed +7 +1,234.00 CNY +oscar", lists.Output);
        Assert.Matches("2 +pay_3x1 +1.00 CNY +refused +content_changed", items.Output);
        Assert.Contains("--cursor 2", items.Output);
    }

    [Fact]
    public async Task A_list_is_shown_and_rejected()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"GET {Lists}/bulk_7", Bodies.Bulk).Answers($"POST {Lists}/bulk_7/reject", Bodies.Bulk);

        Assert.Matches("Digest +d7", (await Tool.RunAsync(node, "case", "bulk-show", "bulk_7")).Output);
        Assert.Equal(0, (await Tool.RunAsync(node, "case", "bulk-reject", "bulk_7", "--reason", "too many")).Code);
        Assert.Equal("too many", (string?)JsonNode.Parse(node.Seen[^1].Body)!["reason"]);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("h")]
    [InlineData("-1h")]
    public async Task An_age_without_a_unit_is_a_mistake_of_usage(string age)
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(
            node, "case", "bulk-propose", $"--older-than={age}", "--outcome", "failed", "--reason", "r", "--evidence", "e");

        Assert.Equal(2, ending.Code);
        Assert.Empty(node.Seen);
    }
}
