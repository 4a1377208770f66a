using RouterCluster.Domain.Books;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Merchants;

public sealed class MerchantAccessTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("t-admin")]
    [InlineData("SHOP-KEY")]
    public async Task Without_a_merchants_key_nothing_is_read_or_stored(string? key)
    {
        await using var node = await TestNode.StartAsync();
        var stored = await node.PostPaymentAsync(Samples.Body());

        Answer[] answers =
        [
            await node.PostPaymentAsync(Samples.Body("A-2"), key),
            await node.GetAsync($"/v1/payments/{(string?)stored.Json!["id"]}", key),
            await node.GetAsync("/v1/payments?order_no=A-1001", key),
        ];

        Assert.All(answers, answer => Assert.Equal((401, "unauthorized"), (answer.Status, answer.Code)));
        Assert.Single(node.Payments.Accepted);
    }

    [Theory]
    [InlineData("shop-key", 200)]
    [InlineData("other-key", 404)]
    [InlineData("shop-live", 404)]
    public async Task A_payment_exists_for_its_merchant_and_mode_alone(string key, int status)
    {
        await using var node = await TestNode.StartAsync();
        var stored = await node.PostPaymentAsync(Samples.Body());

        Assert.Equal(status, (await node.GetAsync($"/v1/payments/{(string?)stored.Json!["id"]}", key)).Status);
        Assert.Equal(status, (await node.GetAsync("/v1/payments?order_no=A-1001", key)).Status);
    }

    [Theory]
    [InlineData("/v1/payments/pay_", 404, "not_found")]
    [InlineData("/v1/payments/pay_fff00000000000000000000000000", 404, "not_found")]
    [InlineData("/v1/payments?order_no=A-404", 404, "not_found")]
    [InlineData("/v1/payments", 400, "invalid")]
    [InlineData("/v1/payments?order_no=a%20b", 400, "invalid")]
    public async Task What_cannot_be_looked_up_says_so(string path, int status, string code)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await node.GetAsync(path, "shop-key");

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_book_out_of_reach_is_503_and_never_404()
    {
        await using var node = await TestNode.StartAsync();
        node.Payments.OnGet = _ => new BookAnswer.OutOfReach();

        var answer = await node.GetAsync("/v1/payments?order_no=A-1", "shop-key");

        Assert.Equal((503, "unavailable"), (answer.Status, answer.Code));
        Assert.NotNull(answer.Message.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("[\"10.0.0.0/8\"]", "[]", null, 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[]", "10.1.1.1", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "10.1.1.1", 201)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "10.1.1.1, 203.0.113.9", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\", \"203.0.113.9\"]", "10.1.1.1, 203.0.113.9", 201)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "unknown", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "10.1.1.1:51234", 201)]
    [InlineData("[\"2001:db8::/32\"]", "[\"127.0.0.1\"]", "[2001:db8::7]:51234", 201)]
    [InlineData("[\"2001:db8::/32\"]", "[\"127.0.0.1\"]", "[2001:db8::7]", 201)]
    [InlineData("[\"2001:db8::/32\"]", "[\"127.0.0.1\"]", "2001:db8::7", 201)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "::ffff:10.1.1.1", 201)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "167837953", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "10.65793", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "0x0a.1.1.1", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "010.1.1.1", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "10.1.1.1:99999", 403)]
    [InlineData("[\"10.0.0.0/8\"]", "[\"127.0.0.1\"]", "10.1.1.1:", 403)]
    [InlineData("[\"127.0.0.0/8\"]", "[]", null, 201)]
    public async Task Addresses_count_as_trusted_proxies_tell_them(string allowed, string trusted, string? forwarded, int status)
    {
        await using var node = await TestNode.StartAsync(
            $"router {{ trusted-proxies = {trusted}, merchants.shop.allowed-ips = {allowed} }}");

        var answer = await node.SendAsync(
            HttpMethod.Post, "/v1/payments", "shop-key",
            new StringContent(Samples.Body().ToJsonString(), null, "application/json"), forwardedFor: forwarded);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 403 ? "address_not_allowed" : null, answer.Code);
    }

    [Fact]
    public async Task A_product_that_is_not_the_merchants_is_403()
    {
        await using var node = await TestNode.StartAsync("router.merchants.shop.products = [payout]");

        var answer = await node.PostPaymentAsync(Samples.Body());

        Assert.Equal((403, "product_not_allowed"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("shop-key", 201)]
    [InlineData("shop-live", 403)]
    public async Task Payouts_of_real_money_need_an_approval(string key, int status)
    {
        await using var node = await TestNode.StartAsync();
        var body = Samples.Body();
        body["product"] = "payout";

        var answer = await node.PostPaymentAsync(body, key);

        Assert.Equal((status, status == 403 ? "approval_required" : null), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_key_passes_its_mode_on_and_each_mode_has_its_own_numbers()
    {
        await using var node = await TestNode.StartAsync();
        var sandbox = await node.PostPaymentAsync(Samples.Body());

        var live = await node.PostPaymentAsync(Samples.Body(), "shop-live");

        Assert.Equal((201, 201), (sandbox.Status, live.Status));
        Assert.NotEqual((string?)sandbox.Json!["id"], (string?)live.Json!["id"]);
        foreach (var (key, payment) in new[] { ("shop-key", sandbox), ("shop-live", live) })
        {
            var found = await node.GetAsync("/v1/payments?order_no=A-1001", key);
            Assert.Equal((string?)payment.Json!["id"], (string?)found.Json!["id"]);
        }

        Assert.Equal(
            [Domain.Vocabulary.ChannelMode.Sandbox, Domain.Vocabulary.ChannelMode.Live],
            node.Payments.Accepted.Select(accepted => accepted.Content.Mode));
    }

    [Theory]
    [InlineData(null, 201)]
    [InlineData("203.0.113.9", 401)]
    public async Task Demo_keys_count_on_this_machine_alone(string? forwardedFor, int status)
    {
        await using var node = await TestNode.StartAsync("""
            router { trusted-proxies = ["127.0.0.1"], merchants.demo.keys = [ { token = demo-key } ] }
            """);

        var answer = await node.SendAsync(
            HttpMethod.Post, "/v1/payments", "demo-key",
            new StringContent(Samples.Body().ToJsonString(), null, "application/json"), forwardedFor: forwardedFor);

        Assert.Equal(status, answer.Status);
    }
}
