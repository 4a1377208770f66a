using System.Text.Json.Nodes;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class LookupTests
{
    [Fact]
    public async Task Operators_see_any_merchants_payment_and_why_it_went_where_it_went()
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("other"), "A-1");
        node.Payments.Put(Samples.Rerouted(id, new MerchantId("other"), "A-1"));

        var byId = await node.GetAsync($"/admin/v1/payments/{id}", "t-viewer");
        var byNumber = await node.GetAsync("/admin/v1/payments?merchant=other&order_no=A-1", "t-viewer");
        var explained = await node.GetAsync($"/admin/v1/payments/{id}/explain", "t-viewer");

        Assert.Equal((200, "A-1"), (byId.Status, (string?)byId.Json!["order_no"]));
        Assert.True(JsonNode.DeepEquals(byId.Json, byNumber.Json));
        Assert.Equal(id.Value, (string?)explained.Json!["payment"]);
        var expected = JsonNode.Parse("""
            { "no": 2, "policy": "weighted-success/1", "chosen": "bravo", "draw": 0.25,
              "candidates": [ { "channel": "alpha", "score": 0.9 } ],
              "excluded": [ { "channel": "echo", "reason": "breaker_open" } ] }
            """);
        Assert.True(JsonNode.DeepEquals(expected, explained.Json["attempts"]![1]), explained.Text);
    }

    [Fact]
    public async Task Explain_counts_the_channels_that_it_does_not_name()
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("other"), "A-1");
        var payment = Samples.Rerouted(id, new MerchantId("other"), "A-1");
        var reasons = payment.Attempts[0].Reasons with
        {
            MoreCandidates = 12,
            MoreExcluded = [new ExcludedCount(Exclusion.Full, 7), new ExcludedCount(Exclusion.Amount, 1)],
        };
        node.Payments.Put(payment with { Attempts = [payment.Attempts[0] with { Reasons = reasons }] });

        var explained = await node.GetAsync($"/admin/v1/payments/{id}/explain", "t-viewer");

        var expected = JsonNode.Parse("""[ { "reason": "full", "channels": 7 }, { "reason": "amount", "channels": 1 } ]""");
        Assert.Equal(12, (int?)explained.Json!["attempts"]![0]!["more_candidates"]);
        Assert.True(JsonNode.DeepEquals(expected, explained.Json["attempts"]![0]!["more_excluded"]), explained.Text);
    }

    [Theory]
    [InlineData("channels/zulu", "There is no channel \"zulu\"; known are alpha, bravo.")]
    [InlineData("payments/pay_nothing", "There is no payment \"pay_nothing\".")]
    [InlineData("payments/pay_nothing/explain", "There is no payment \"pay_nothing\".")]
    [InlineData("payments?merchant=shop&order_no=A-1", "There is no payment of this merchant with order number \"A-1\".")]
    [InlineData("payments?merchant=nobody&order_no=A-1", "There is no merchant \"nobody\"; known are other, shop.")]
    [InlineData("cases/pay_nothing", "There is no payment \"pay_nothing\".")]
    [InlineData("cases/bulk-proposals/bulk_none/items", "There is no list of cases \"bulk_none\".")]
    public async Task What_is_missing_is_named_with_what_there_is(string path, string detail)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.GetAsync($"/admin/v1/{path}", "t-viewer");

        Assert.Equal((404, "not_found"), (answer.Status, answer.Code));
        Assert.Equal(detail, (string?)answer.Json!["detail"]);
    }

    [Fact]
    public async Task A_name_without_end_is_cut()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.GetAsync($"/admin/v1/channels/{new string('z', 500)}", "t-viewer");

        var detail = (string?)answer.Json!["detail"];
        Assert.Equal($"There is no channel \"{new string('z', 64)}…\"; known are alpha, bravo.", detail);
    }

    [Theory]
    [InlineData("/admin/v1/payments/pay_nothing", 404)]
    [InlineData("/admin/v1/payments/pay_nothing/explain", 404)]
    [InlineData("/admin/v1/payments?merchant=shop&order_no=A-1", 404)]
    [InlineData("/admin/v1/cases?limit=0", 400)]
    [InlineData("/admin/v1/audit?limit=1001", 400)]
    [InlineData("/admin/v1/audit?limit=x", 400)]
    public async Task What_is_not_there_or_not_readable_says_so(string path, int status)
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(status, (await node.GetAsync(path, "t-viewer")).Status);
    }

    [Fact]
    public async Task Both_parts_of_a_number_are_read_at_once()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.GetAsync("/admin/v1/payments?order_no=a%20b", "t-viewer");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["merchant", "order_no"], answer.Fields);
    }

    [Fact]
    public async Task Lists_are_pages_with_a_cursor()
    {
        await using var node = await TestNode.StartAsync();

        var cases = await node.GetAsync("/admin/v1/cases?cursor=abc&limit=7", "t-viewer");
        var audit = await node.GetAsync("/admin/v1/audit", "t-viewer");
        var cluster = await node.GetAsync("/admin/v1/cluster", "t-viewer");

        Assert.Equal([("abc", 7), (null, 100)], node.Cluster.Pages);
        Assert.Equal(("case_1", "more"), ((string?)cases.Json!["items"]![0]!["id"], (string?)cases.Json["next"]));
        Assert.Equal("alice", (string?)audit.Json!["items"]![0]!["by"]);
        Assert.Equal("akka://router@here", (string?)cluster.Json!["self"]);
    }

    [Fact]
    public void Every_exclusion_has_a_name_of_its_own() =>
        Assert.Distinct(Enum.GetValues<Exclusion>().Select(reason => reason.Name()));
}
