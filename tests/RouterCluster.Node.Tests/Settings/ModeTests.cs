using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class ModeTests
{
    [Fact]
    public void A_complete_live_configuration_is_taken()
    {
        var settings = Given.Settings(Given.Live);

        Assert.Equal(ChannelMode.Live, settings.Node.Mode);
        Assert.Equal(Given.Key, settings.Node.EncryptionKey!.Value);
        Assert.Equal("http://127.0.0.1:8081", settings.Node.AdminUrl);
    }

    [Theory]
    [InlineData("router.demo = on", "router.demo")]
    [InlineData("router.encryption-key = \"\"", "router.encryption-key")]
    [InlineData("router.encryption-key = \"short\"", "router.encryption-key")]
    [InlineData("router.admin-url = \"\"", "router.admin-url")]
    [InlineData("router.admin-url = \"http://127.0.0.1:8080/\"", "router.admin-url")]
    [InlineData("router.admin-url = \"http://0.0.0.0:8080\"", "router.admin-url")]
    [InlineData("router.merchants.m.keys = [ { token = \"demo-key\" } ]", "router.merchants.m.keys[0].token")]
    [InlineData("router.operators = [ { name = me, token = \"demo-operator\" } ]", "router.operators[0].token")]
    [InlineData("router.operators = [ { name = me, token = \"demo-approver\" } ]", "router.operators[0].token")]
    public void Live_mode_refuses_what_is_for_trying_out(string hocon, string key)
    {
        Assert.Equal(key, Given.TheError(Given.Live + hocon).Key);
    }

    [Theory]
    [InlineData("hostname = \"127.0.0.1\"", true)]
    [InlineData("hostname = \"10.0.0.1\"", false)]
    [InlineData("hostname = \"0.0.0.0\", public-hostname = \"127.0.0.1\"", false)]
    public void In_live_mode_nodes_on_several_machines_need_certificates(string hocon, bool isTaken)
    {
        var several = $$"""
            {{Given.Live}}
            router { node-port = 2551, storage { provider = postgresql, connection-string = "Host=db" } }
            akka.remote.dot-netty.tcp { {{hocon}} }
            akka.cluster.seed-nodes = ["akka.tcp://router@127.0.0.1:2551", "akka.tcp://router@10.0.0.2:2551"]
            """;

        Assert.Equal(
            isTaken ? [] : ["router.cluster.tls.certificate"], Given.Reading(several).Errors.Select(error => error.Key));
        Assert.Empty(Given.Reading(several + "\nrouter.mode = sandbox, router.channels.own.mode = sandbox\n"
            + "router.merchants.shop.keys = [ { token = k } ]").Errors);
        Assert.Empty(Given.Reading(several + "\nrouter.cluster.tls { certificate = a, key = b, ca = c }").Errors);
    }

    [Theory]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789 abcdef")]
    [InlineData("0123456789abcdeé")]
    [InlineData("=0123456789abcdef")]
    [InlineData("密码密码密码密码密码密码密码密码")]
    public void Live_mode_refuses_tokens_that_can_be_guessed_or_not_be_sent(string token)
    {
        var merchant = Given.TheError(Given.Live + $$"""router.merchants.m.keys = [ { token = "{{token}}" } ]""");
        var person = Given.TheError(Given.Live + $$"""router.operators = [ { name = me, token = "{{token}}" } ]""");

        Assert.Equal(("router.merchants.m.keys[0].token", "(hidden)"), (merchant.Key, merchant.Value));
        Assert.Equal(("router.operators[0].token", "(hidden)"), (person.Key, person.Value));
    }

    [Fact]
    public void Live_mode_refuses_a_token_that_is_too_long_or_nothing_hashed_and_takes_what_can_be_sent()
    {
        var nothing = TokenHash.Of("").Hex;
        Assert.Equal("router.operators[0].token", Refused($"token = {new string('a', 513)}"));
        Assert.Equal("router.operators[0].token-sha256", Refused($"token-sha256 = {nothing}"));
        _ = Given.Settings(Given.Live + With($"token = {new string('a', 512)}"));
        _ = Given.Settings(Given.Live + With("token = \"0123456789aB-._~+/==\""));
        _ = Given.Settings(Given.Live + With($"token-sha256 = {TokenHash.Of("0123456789abcdef").Hex}"));

        static string With(string token) => $"router.operators = [ {{ name = me, {token} }} ]";
        static string Refused(string token) => Given.TheError(Given.Live + With(token)).Key;
    }

    [Fact]
    public void Sandbox_mode_takes_short_tokens_and_warns_of_one_that_cannot_be_sent()
    {
        var reading = Given.Reading("""router.operators = [ { name = a, token = "hunter 2" }, { name = b, token = short } ]""");
        Assert.Empty(reading.Errors);
        var warning = Assert.Single(reading.Warnings, warning => warning.Contains("token", StringComparison.Ordinal));
        Assert.StartsWith("router.operators[0].token", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Sandbox_mode_refuses_live_channels_and_keys()
    {
        var keys = Given.Reading(Given.Live + "router.mode = sandbox").Errors.Select(error => error.Key);

        Assert.Equal(["router.channels.own.mode", "router.merchants.shop.keys[0].mode"], keys);
    }

    [Fact]
    public void Live_mode_takes_sandbox_keys_and_channels_beside_live_ones()
    {
        var settings = Given.Settings(Given.Live + """
            router.merchants.test.keys = [ { token = trial-0123456789 } ]
            router.channels.trial { base-url = "http://x", merchant-id = M1, secret = s, products = [withhold] }
            """);

        Assert.Equal([ChannelMode.Live, ChannelMode.Sandbox], settings.Channels.Select(channel => channel.Terms.Mode));
    }

    [Theory]
    [InlineData("", "router.payout.approval is none: payouts are refused in live mode")]
    [InlineData("", "router.channels: 1 live channel(s) for withhold; re-routing needs two")]
    [InlineData("", "router.channels: 0 live channel(s) for payout; re-routing needs two")]
    [InlineData(
        "router.http.url = \"http://0.0.0.0:80\"",
        "router.http.public-url names no host: channels cannot send notifications to it")]
    [InlineData("router.merchants.m.keys = []", "router.merchants.m.keys is empty: the merchant cannot send requests")]
    public void What_may_be_meant_is_only_warned_of(string hocon, string warning)
    {
        Assert.Contains(warning, Given.Reading(Given.Live + hocon).Warnings);
    }

    [Fact]
    public void Two_channels_for_what_merchants_may_do_are_enough()
    {
        var both = Given.Channel + Given.Channel.Replace(".own", ".other", StringComparison.Ordinal)
            + "router.merchants.shop { keys = [ { token = t } ], products = [withhold] }";

        Assert.Empty(Given.Reading(both).Warnings);
    }

    [Fact]
    public void Demo_credentials_are_marked_and_warned_of_off_loopback()
    {
        var loaded = SettingsSource.Load([], ["router.http.url=http://0.0.0.0:8080"], _ => null);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);

        Assert.True(reading.Settings!.Merchants[0].Keys[0].IsDemo && reading.Settings.Operators[0].IsDemo);
        Assert.Contains(reading.Warnings, warning => warning.Contains("demo credentials", StringComparison.Ordinal));
        Assert.Empty(RouterSettings.Read(SettingsSource.Load([], [], _ => null).Config, ["http-json"]).Warnings);
    }

    [Fact]
    public void Nodes_that_share_a_database_are_warned_to_share_the_key()
    {
        const string Shared = "router.storage { provider = postgresql, connection-string = x }\n";

        Assert.StartsWith("router.encryption-key", Assert.Single(Given.Reading(Shared).Warnings), StringComparison.Ordinal);
        Assert.Empty(Given.Reading(Shared + $"router.encryption-key = \"{Given.Key}\"").Warnings);
    }
}
