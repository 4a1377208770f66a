using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Webhooks;

public sealed class MerchantWebhookTests : IAsyncLifetime
{
    private const string Notified = """
        router.merchants.shop { notify-url = "https://shop.example/hook?k=1", notify-secret = "whsec_c2VjcmV0" }
        """;

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(Notified);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Events_are_what_webhooks_say_with_their_ids()
    {
        var first = await _node.GetAsync("/v1/events?limit=7", "shop-key");
        var second = await _node.GetAsync($"/v1/events?after={FakeMerchantWebhooks.Id}", "shop-live");

        Assert.Equal((200, 200), (first.Status, second.Status));
        var told = Assert.Single(first.Json!["items"]!.AsArray())!;
        Assert.Equal((FakeMerchantWebhooks.Id.Value, "payment.succeeded"), ((string?)told["id"], (string?)told["type"]));
        Assert.Equal("622202******0001", (string?)told["data"]!["account"]!["number"]);
        Assert.Equal(FakeMerchantWebhooks.Id.Value, (string?)first.Json["next"]);
        Assert.Empty(second.Json!["items"]!.AsArray());
        Assert.Null(second.Json["next"]);
        Assert.Equal(
            ["events of shop Sandbox after  limit 7", $"events of shop Live after {FakeMerchantWebhooks.Id} limit 100"],
            _node.MerchantWebhooks.Done);
    }

    [Theory]
    [InlineData("after=rubbish", "after")]
    [InlineData("after=msg_0000000000000000000000000000000", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001&after=x", "after limit")]
    public async Task A_wrong_place_or_limit_is_named(string query, string fields)
    {
        var answer = await _node.GetAsync($"/v1/events?{query}", "shop-key");

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(' '), answer.Fields);
    }

    [Fact]
    public async Task A_test_is_answered_with_how_it_ended()
    {
        var tested = await _node.SendAsync(HttpMethod.Post, "/v1/webhooks/test", "shop-key");
        var without = await _node.SendAsync(HttpMethod.Post, "/v1/webhooks/test", "other-key");
        _node.MerchantWebhooks.IsTesting = true;
        var again = await _node.SendAsync(HttpMethod.Post, "/v1/webhooks/test", "shop-key");

        Assert.Equal(200, tested.Status);
        Assert.Equal(("not_connected", false), ((string?)tested.Json!["error"], (bool)tested.Json["delivered"]!));
        Assert.Equal((400, "notify_url"), (without.Status, Assert.Single(without.Fields)));
        Assert.Equal((429, "merchant_limit"), (again.Status, again.Code));
        Assert.Equal(2, _node.MerchantWebhooks.Done.Count(done => done == "test of shop at https://shop.example/hook?k=1"));
    }

    [Fact]
    public async Task A_range_is_sent_again_and_says_where_to_go_on()
    {
        var answer = await _node.SendAsync(
            HttpMethod.Post, "/v1/webhooks/resend", "shop-key",
            """{ "from": "2026-12-01T08:00:00+08:00", "to": "2026-12-02T00:00:00Z" }""");

        Assert.Equal((200, 7), (answer.Status, (int)answer.Json!["resent"]!));
        Assert.Equal("2026-12-02T00:00:00.000Z", (string?)answer.Json["next"]);
        Assert.Equal(
            "resend of shop Sandbox 2026-12-01 00:00:00Z 2026-12-02 00:00:00Z", Assert.Single(_node.MerchantWebhooks.Done));
    }

    [Theory]
    [InlineData("{}", "from to")]
    [InlineData("""{ "from": "yesterday", "to": "2026-12-02T00:00:00Z" }""", "from")]
    [InlineData("""{ "from": "2026-12-02T00:00:00Z", "to": "2026-12-02T00:00:00Z" }""", "to")]
    [InlineData("""{ "from": "2026-10-01T00:00:00Z", "to": "2026-12-02T00:00:00Z" }""", "to")]
    [InlineData("""{ "from": "2026-12-01T00:00:00Z", "to": "2026-12-02T00:00:00Z", "all": true }""", "all")]
    public async Task A_range_that_is_none_is_refused(string body, string fields)
    {
        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/webhooks/resend", "shop-key", body);

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(' '), answer.Fields);
        Assert.Empty(_node.MerchantWebhooks.Done);
    }
}
