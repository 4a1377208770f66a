using System.Text.Json.Nodes;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Cases;

/// <summary>Deciding a whole list through the operators' API.</summary>
public sealed class BulkTests
{
    private const string Lists = "/admin/v1/cases/bulk-proposals";

    private const string Wanted = """
        { "filter": { "channel": "bravo", "merchant": "shop", "reason": "payout_not_found", "older_than": 7200,
            "product": "payout", "max_amount": 50000 },
          "outcome": "failed", "reason": "bravo was down", "evidence": "statement" }
        """;

    [Fact]
    public async Task A_list_is_frozen_and_approved_by_another_person_with_its_digest()
    {
        await using var node = await WithCases(2);

        var made = await Propose(node, "t-admin");

        Assert.Equal((201, 2, 24000L, "CNY", "pending"), (made.Status, (int)made.Json!["count"]!, (long)made.Json["amount"]!,
            (string?)made.Json["currency"], (string?)made.Json["state"]));
        Assert.Equal(TimeSpan.FromHours(2), node.Bulk.Asked!.OlderThan);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Wanted)!["filter"], made.Json["filter"]));

        var path = $"{Lists}/{made.Json["id"]}";
        Assert.Equal((403, "same_person"), await Settle(node, path, "approve", "t-admin", Digest(made)));
        Assert.Equal((409, "digest_mismatch"), await Settle(node, path, "approve", "t-approver", new string('0', 64)));
        var why = new JsonObject { ["digest"] = Digest(made), ["reason"] = "line 7 of the statement" };
        var approved = await node.SendAsync(HttpMethod.Post, $"{path}/approve", "t-approver", why.ToJsonString());
        Assert.Equal(
            (200, "line 7 of the statement"), (approved.Status, (string?)approved.Json!["settled"]!["reason"]));
        Assert.Equal((409, "proposal_settled"), await Settle(node, path, "approve", "t-approver", Digest(made)));
    }

    [Fact]
    public async Task Progress_and_each_refusal_are_shown()
    {
        await using var node = await WithCases(2);
        var made = await Propose(node);
        var id = (string)made.Json!["id"]!;
        node.Bulk.End(id, 2, BulkItemState.Refused, PaymentRefusal.ContentChanged);

        var shown = await node.GetAsync($"{Lists}/{id}", "t-viewer");
        var refused = await node.GetAsync($"{Lists}/{id}/items?state=refused", "t-viewer");
        var first = await node.GetAsync($"{Lists}/{id}/items?limit=1", "t-viewer");
        var listed = await node.GetAsync(Lists, "t-viewer");

        Assert.Equal("""{"waiting":1,"decided":0,"refused":1}""", shown.Json!["progress"]!.ToJsonString());
        var item = Assert.Single(refused.Json!["items"]!.AsArray());
        Assert.Equal((2, "content_changed"), ((int)item!["no"]!, (string?)item["refusal"]));
        Assert.Equal("1", (string?)first.Json!["next"]);
        Assert.Equal(id, (string?)listed.Json!["items"]![0]!["id"]);
    }

    [Fact]
    public async Task A_rejected_or_expired_list_cannot_be_approved()
    {
        await using var node = await WithCases(1);
        var made = await Propose(node);
        var path = $"{Lists}/{made.Json!["id"]}";
        node.Bulk.Now += TimeSpan.FromHours(24);
        Assert.Equal((409, "proposal_expired"), await Settle(node, path, "approve", "t-approver", Digest(made)));
        Assert.Equal("expired", (string?)(await node.GetAsync(path, "t-viewer")).Json!["state"]);

        node.Bulk.Now -= TimeSpan.FromHours(1);
        var answer = await node.SendAsync(HttpMethod.Post, $"{path}/reject", "t-approver", """{ "reason": "not all of them" }""");
        Assert.Equal((200, "rejected"), (answer.Status, (string?)answer.Json!["state"]));
        Assert.Equal((409, "proposal_settled"), await Settle(node, path, "approve", "t-approver", Digest(made)));
    }

    [Theory]
    [InlineData(0, 409, "nothing_matches")]
    [InlineData(3, 422, "too_many")]
    public async Task A_list_has_something_and_not_too_much_in_it(int cases, int status, string code)
    {
        await using var node = await WithCases(cases);

        var answer = await Propose(node);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("{}", "evidence,filter,outcome,reason")]
    [InlineData("""{ "filter": {}, "outcome": "failed", "reason": "r", "evidence": "e" }""", "filter")]
    [InlineData(
        """{ "filter": { "older_than": 0, "product": "x", "reason": "y", "bank": "z" }, "outcome": "failed", "reason": "r" }""",
        "evidence,filter.bank,filter.older_than,filter.product,filter.reason")]
    public async Task Every_wrong_field_is_named(string body, string fields)
    {
        await using var node = await WithCases(1);

        var answer = await node.SendAsync(HttpMethod.Post, Lists, "t-operator", body);

        Assert.Equal(fields.Split(','), answer.Fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("t-viewer", 403, 403)]
    [InlineData("t-operator", 201, 403)]
    [InlineData("t-approver", 403, 404)]
    public async Task Roles_decide_who_proposes_and_who_settles(string token, int proposing, int settling)
    {
        await using var node = await WithCases(1);

        Assert.Equal(proposing, (await Propose(node, token)).Status);
        Assert.Equal(settling, (await Settle(node, $"{Lists}/bulk_none", "approve", token, new string('0', 64))).Status);
        Assert.Equal(404, (await node.GetAsync($"{Lists}/bulk_none", token)).Status);
        Assert.Equal(404, (await node.GetAsync($"{Lists}/bulk_none/items", token)).Status);
        Assert.Equal(400, (await node.GetAsync($"{Lists}?cursor=x", token)).Status);
    }

    [Fact]
    public void Every_refusal_of_a_decision_has_a_code()
    {
        Assert.All(Enum.GetValues<PaymentRefusal>(), why => Assert.InRange(PaymentRefusals.OfDecision(why).Status, 403, 409));
        Assert.Distinct(Enum.GetValues<BulkRefusal>().Select(why => CaseRefusals.OfList(why, 9).Code));
        Assert.Distinct(Enum.GetValues<BulkItemState>().Select(state => state.Name()));
    }

    private static async Task<TestNode> WithCases(int count)
    {
        var node = await TestNode.StartAsync();
        node.Bulk.Matching = [.. Enumerable.Range(0, count).Select(no => Samples.Rerouted(
            node.Payments.IdOf(new MerchantId("shop"), $"A-{no}"), new MerchantId("shop"), $"A-{no}"))];
        return node;
    }

    private static Task<Answer> Propose(TestNode node, string token = "t-operator") =>
        node.SendAsync(HttpMethod.Post, Lists, token, Wanted);

    private static async Task<(int Status, string? Code)> Settle(
        TestNode node, string path, string verb, string token, string digest)
    {
        var answer = await node.SendAsync(
            HttpMethod.Post, $"{path}/{verb}", token, new JsonObject { ["digest"] = digest }.ToJsonString());
        return (answer.Status, answer.Code);
    }

    private static string Digest(Answer made) => (string)made.Json!["digest"]!;
}
