using System.Net;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class ChannelAndMerchantTests
{
    private const string Shop = "router.merchants.shop.keys = [ { token = \"t\" } ]\n";

    [Theory]
    [InlineData("protocol = smoke", "protocol")]
    [InlineData("base-url = \"psp\"", "base-url")]
    [InlineData("base-url = \"http://u:p@psp\"", "base-url")]
    [InlineData("merchant-id = \"\"", "merchant-id")]
    [InlineData("secret = \"\"", "secret")]
    [InlineData("secret = []", "secret")]
    [InlineData("secret = [\"new\", \"\"]", "secret[1]")]
    [InlineData("products = []", "products")]
    [InlineData("products = [\"loan\"]", "products[0]")]
    [InlineData("products = withhold", "products")]
    [InlineData("banks = []", "banks")]
    [InlineData("banks = [\"icbc\"]", "banks[0]")]
    [InlineData("currency = [\"yuan\"]", "currency[0]")]
    [InlineData("currency = [\"CNY\", \"CNX\"]", "currency[1]")]
    [InlineData("min-amount = 0", "min-amount")]
    [InlineData("min-amount = 10, max-amount = 9", "min-amount")]
    [InlineData("mode = live", "mode")]
    [InlineData("weight = 0", "weight")]
    [InlineData("weight = -1", "weight")]
    [InlineData("weight = NaN", "weight")]
    [InlineData("fee.basis-points = 10001", "fee.basis-points")]
    [InlineData("submit.concurrency = 0", "submit.concurrency")]
    [InlineData("submit.rate-per-second = 0", "submit.rate-per-second")]
    [InlineData("query.queue = -1", "query.queue")]
    [InlineData("query.timeout = 3m", "query.timeout")]
    [InlineData("query.schedule = []", "query.schedule")]
    [InlineData("query.schedule = [1s, soon]", "query.schedule[1]")]
    [InlineData("query.not-found-agreeing = 0", "query.not-found-agreeing")]
    [InlineData("breaker.failure-ratio = 1.5", "breaker.failure-ratio")]
    [InlineData("breaker.probes = 0", "breaker.probes")]
    public void A_wrong_setting_of_a_channel_stops_the_start(string setting, string key)
    {
        Assert.Equal("router.channels.own." + key, Given.TheError(Given.Channel + $"router.channels.own {{ {setting} }}").Key);
    }

    [Fact]
    public void Channels_are_in_order_of_their_names_and_named_plainly()
    {
        var settings = Given.Settings(Given.Channel + Given.Channel.Replace(".own", ".Alpha", StringComparison.Ordinal));
        Assert.Equal(["Alpha", "own"], settings.Channels.Select(channel => channel.Id.Value));

        var error = Given.TheError(Given.Channel.Replace(".own", ".\"a b\"", StringComparison.Ordinal));
        Assert.Equal("router.channels.a b", error.Key);
    }

    [Theory]
    [InlineData("keys = [ { mode = sandbox } ]", "keys[0].token")]
    [InlineData("keys = [ { token = \"x\", mode = test } ]", "keys[0].mode")]
    [InlineData("keys = [ { token = \"x\", mode = live } ]", "keys[0].mode")]
    [InlineData("keys = [ { token-sha256 = \"abc\" } ]", "keys[0].token-sha256")]
    [InlineData("keys = [ { token = \"x\" }, { token = \"x\" } ]", "keys[1].token")]
    [InlineData("keys = [ \"x\" ]", "keys[0]")]
    [InlineData("products = [\"loan\"]", "products[0]")]
    [InlineData("allowed-ips = [\"127.0.0.0/40\"]", "allowed-ips[0]")]
    [InlineData("notify-url = \"https://shop.example/hook\"", "notify-url")]
    [InlineData("notify-secret = \"whsec_!\"", "notify-secret")]
    [InlineData("notify-secret = \"c2VjcmV0\"", "notify-secret")]
    [InlineData("notify-secret = [\"whsec_c2VjcmV0\", \"c2VjcmV0\"]", "notify-secret[1]")]
    [InlineData("notify-url = \"ftp://shop.example/hook\", notify-secret = \"whsec_c2VjcmV0\"", "notify-url")]
    [InlineData("notify-allow = [\"10.0.0.0/40\"]", "notify-allow[0]")]
    [InlineData("notify-allow = [\"10.0.0.1:0\"]", "notify-allow[0]")]
    [InlineData("notify-allow = [\"a b\"]", "notify-allow[0]")]
    [InlineData("duplicates = refuse", "duplicates")]
    [InlineData("limits.rate-per-second = 0", "limits.rate-per-second")]
    [InlineData("limits.in-flight = 0", "limits.in-flight")]
    [InlineData("limits.amount-per-payment = -5", "limits.amount-per-payment")]
    [InlineData("limits.amount-per-day = much", "limits.amount-per-day")]
    public void A_wrong_setting_of_a_merchant_stops_the_start(string setting, string key)
    {
        Assert.Equal("router.merchants.shop." + key, Given.TheError(Shop + $"router.merchants.shop {{ {setting} }}").Key);
    }

    [Theory]
    [InlineData("operators = [ { token = t } ]", "operators[0].name")]
    [InlineData("operators = [ { name = a } ]", "operators[0].token")]
    [InlineData("operators = [ { name = a, token = t, roles = [] } ]", "operators[0].roles")]
    [InlineData("operators = [ { name = a, token = t, roles = [god] } ]", "operators[0].roles[0]")]
    [InlineData("operators = [ { name = a, token = t }, { name = A, token = u } ]", "operators[1].name")]
    [InlineData("operators = [ { name = a, token = t } ], merchants.m.keys = [ { token = t } ]", "operators[0].token")]
    public void A_wrong_operator_stops_the_start(string setting, string key)
    {
        Assert.Equal("router." + key, Given.TheError($"router {{ {setting} }}").Key);
    }

    [Fact]
    public void A_token_may_be_configured_as_its_hash()
    {
        var hash = TokenHash.Of("t").Hex.ToUpperInvariant();
        var settings = Given.Settings($"router.merchants.shop.keys = [ {{ token-sha256 = \"{hash}\" }} ]");

        var key = Assert.Single(settings.Merchants[0].Keys);
        Assert.Equal(new MerchantKey(TokenHash.Of("t"), ChannelMode.Sandbox, IsDemo: false), key);
        Assert.Equal("e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8", TokenHash.Of("t").Hex);
    }

    [Fact]
    public void A_merchant_without_more_may_do_everything_from_everywhere()
    {
        var shop = Assert.Single(Given.Settings(Shop).Merchants);

        Assert.True(shop.Products.SetEquals([Product.Withhold, Product.Payout]));
        Assert.True(shop.Allows(IPAddress.Parse("203.0.113.7")) && shop.Allows(IPAddress.Parse("2001:db8::1")));
        Assert.Equal(new MerchantLimits(null, null, null, null), shop.Limits);
        Assert.Equal(DuplicatePolicy.Allow, shop.Duplicates);
    }

    [Fact]
    public void Several_secrets_sign_while_they_are_changed()
    {
        const string Secrets = """router.merchants.shop.notify-secret = ["whsec_bmV3", "whsec_b2xk"]""";
        var reading = Given.Reading(Shop + Secrets);

        var secrets = reading.Settings!.Merchants[0].NotifySecrets.Select(secret => secret.Value);
        Assert.Equal(["whsec_bmV3", "whsec_b2xk"], secrets);
        Assert.Contains(reading.Warnings, warning => warning.Contains("notify-secret", StringComparison.Ordinal));
        Assert.DoesNotContain("whsec_!", Given.TheError(Shop + Secrets.Replace("whsec_b2xk", "whsec_!")).ToString());
    }

    [Fact]
    public void A_channel_has_one_secret_or_a_list_of_them_in_its_order()
    {
        Assert.Equal(["s"], Given.Settings(Given.Channel).Channels[0].Secrets.Select(secret => secret.Value));

        var changing = Given.Settings(Given.Channel + """router.channels.own.secret = ["new", "old"]""");
        Assert.Equal(["new", "old"], changing.Channels[0].Secrets.Select(secret => secret.Value));
    }

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.0.0/16", null, null)]
    [InlineData("10.1.0.7", "10.1.0.7/32", null, null)]
    [InlineData("10.1.0.7:8443", "10.1.0.7/32", null, 8443)]
    [InlineData("fd00::/8", "fd00::/8", null, null)]
    [InlineData("[::1]:80", "::1/128", null, 80)]
    [InlineData("hooks.internal", null, "hooks.internal", null)]
    [InlineData("localhost:9000", null, "localhost", 9000)]
    public void A_target_that_is_allowed_is_a_network_or_a_host(string entry, string? network, string? host, int? port)
    {
        var shop = Given.Settings(Shop + $"router.merchants.shop.notify-allow = [\"{entry}\"]").Merchants[0];

        var expected = new AllowedTarget(network is null ? null : IPNetwork.Parse(network), host, port);
        Assert.Equal(expected, Assert.Single(shop.NotifyAllow));
    }

    [Fact]
    public void What_a_merchant_is_given_is_read()
    {
        var shop = Given.Settings(Shop + """
            router.merchants.shop {
              products = ["payout"], allowed-ips = ["10.1.0.0/16", "192.0.2.7"], duplicates = suspend
              notify-url = "https://shop.example/hook/?by=router", notify-secret = "whsec_c2VjcmV0"
              limits { rate-per-second = 2.5, in-flight = 10, amount-per-payment = 500, amount-per-day = 9000000000 }
            }
            """).Merchants[0];

        Assert.True(shop.Products.SetEquals([Product.Payout]));
        Assert.True(shop.Allows(IPAddress.Parse("10.1.2.3")) && shop.Allows(IPAddress.Parse("::ffff:192.0.2.7")));
        Assert.False(shop.Allows(IPAddress.Parse("192.0.2.8")) || shop.Allows(IPAddress.Parse("::1")));
        Assert.Equal(new MerchantLimits(2.5, 10, 500, 9_000_000_000), shop.Limits);
        Assert.Equal("https://shop.example/hook/?by=router", shop.NotifyUrl);
        Assert.Equal(new Secret("whsec_c2VjcmV0"), Assert.Single(shop.NotifySecrets));
        Assert.True(shop.MayBeNotified);
        Assert.Equal(DuplicatePolicy.Suspend, shop.Duplicates);
    }
}
