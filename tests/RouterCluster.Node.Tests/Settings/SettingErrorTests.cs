using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class SettingErrorTests
{
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Keys = "base64 of 32 bytes, or several of them with commas between, the oldest first";
    private const string RedisText = "a connection string of StackExchange.Redis, such as redis:6379,password=…";

    [Theory]
    [InlineData("router.mode = prod", "router.mode", "sandbox | live")]
    [InlineData("router.demo = maybe", "router.demo", "on | off | true | false")]
    [InlineData("router.books = 0", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books = -4", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books = 4.5", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books = four", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books = \"\"", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books = null", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books = [4]", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.books { n = 4 }", "router.books", "a whole number from 1 to 1024")]
    [InlineData("router.node-port = 65536", "router.node-port", "a whole number from 0 to 65535")]
    [InlineData("router.hold = 5", "router.hold", "a duration from 0ms to 5m (ms, s, m, h, d)")]
    [InlineData("router.hold = infinite", "router.hold", "a duration from 0ms to 5m (ms, s, m, h, d)")]
    [InlineData("router.hold = -1s", "router.hold", "a duration from 0ms to 5m (ms, s, m, h, d)")]
    [InlineData("router.hold = 999999999999d", "router.hold", "a duration from 0ms to 5m (ms, s, m, h, d)")]
    [InlineData("router.http.accept-timeout = 0s", "router.http.accept-timeout", "a duration from 100ms to 30s (ms, s, m, h, d)")]
    [InlineData("router.http.drain-timeout = 30s", "router.http.drain-timeout", "a duration from 100ms to 25s (ms, s, m, h, d)")]
    [InlineData("router.http.url = \"127.0.0.1:80\"", "router.http.url", "an http(s) URL of host and port")]
    [InlineData("router.http.url = \"http://x/path\"", "router.http.url", "an http(s) URL of host and port")]
    [InlineData("router.http.public-url = \"ftp://x\"", "router.http.public-url", "an http(s) URL")]
    [InlineData("router.environment = \"a b\"", "router.environment", "1-40 letters, digits, - and _")]
    [InlineData("router.encryption-key = \"c2hvcnQ=\"", "router.encryption-key", Keys)]
    [InlineData("router.encryption-key = \"not base64\"", "router.encryption-key", Keys)]
    [InlineData($"router.encryption-key = \"{Zeros},c2hvcnQ=\"", "router.encryption-key", Keys)]
    [InlineData("router.routing.policy = luck", "router.routing.policy", "success-rate")]
    [InlineData("router.payout.approval = boss", "router.payout.approval", "none")]
    [InlineData("router.storage.provider = oracle", "router.storage.provider", "sqlite | postgresql")]
    [InlineData("router.redis.mode = cloud", "router.redis.mode", "embedded | external")]
    [InlineData("router.redis.mode = external", "router.redis.connection-string", "a connection string: mode external needs one")]
    [InlineData("router.redis.connection-string = \"x,noSuchOption=1\"", "router.redis.connection-string", RedisText)]
    [InlineData("router.redis.prefix = \"a:b\"", "router.redis.prefix", "1-40 letters, digits, - and _")]
    [InlineData("router.http = 5", "router.http", "a section { … }")]
    public void A_wrong_value_names_its_key_and_what_is_allowed(string hocon, string key, string allowed)
    {
        var error = Given.TheError(hocon);

        Assert.Equal(key, error.Key);
        Assert.Equal(allowed, error.Allowed);
    }

    [Theory]
    [InlineData("trusted-proxies = [\"10.0.0.0/33\"]")]
    [InlineData("trusted-proxies = [\"10.0.0.1/8\"]")]
    [InlineData("trusted-proxies = [\"10\"]")]
    [InlineData("trusted-proxies = [\"proxy.example\"]")]
    public void A_network_has_no_bits_behind_its_prefix(string setting)
    {
        Assert.Equal("router.trusted-proxies[0]", Given.TheError($"router {{ {setting} }}").Key);
    }

    [Fact]
    public void A_database_outside_needs_a_connection_string()
    {
        const string Hocon = "router.storage.provider = postgresql";
        const string Key = "router.storage.connection-string";

        Assert.Equal(Key, Given.TheError(Hocon).Key);
        Assert.Empty(Given.Reading($"{Hocon}\n{Key} = \"Host=db;Password=p\"").Errors);
    }

    [Theory]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://router@10.0.0.2:2551\"]")]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://router@127.0.0.1:2551\", \"akka.tcp://router@127.0.0.1:2552\"]")]
    public void A_cluster_of_several_nodes_needs_a_database_that_they_share(string hocon)
    {
        var error = Given.TheError($"router.node-port = 2551\n{hocon}");

        Assert.Equal("akka.cluster.seed-nodes", error.Key);
        Assert.Contains("akka.tcp://router@127.0.0.1:2551, which is this node", error.Allowed);
        Assert.Contains("router.storage.provider must be postgresql", error.Allowed);
    }

    [Theory]
    [InlineData("router.node-port = 0", "router.node-port")]
    [InlineData("router.encryption-key = \"\"", "router.encryption-key")]
    [InlineData("akka.remote.dot-netty.tcp.hostname = \"0.0.0.0\"", "akka.remote.dot-netty.tcp.public-hostname")]
    [InlineData("akka.cluster.seed-nodes = [\"10.0.0.2:2551\"]", "akka.cluster.seed-nodes")]
    public void A_node_that_others_are_to_find_needs_a_port_a_name_and_the_clusters_key(string wrong, string key)
    {
        const string Right = """
            router { node-port = 2551, encryption-key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }
            router.storage { provider = postgresql, connection-string = "Host=db" }
            akka.cluster.seed-nodes = ["akka.tcp://router@10.0.0.2:2551"]
            """;

        Assert.Equal(key, Given.TheError($"{Right}\n{wrong}").Key);
        Assert.Empty(Given.Reading(Right).Errors);
    }

    [Theory]
    [InlineData("router.cluster.tls.ca = \"/etc/ca.pem\"", "router.cluster.tls.certificate", "router.cluster.tls.key")]
    [InlineData("router.cluster.tls { certificate = a, key = b }", "router.cluster.tls.ca")]
    [InlineData("router.roles = [ingress]", "router.roles")]
    [InlineData("router.roles = [channels]", "router.roles")]
    [InlineData("router.roles = []", "router.roles")]
    [InlineData("router.roles = [ingress, chanels]", "router.roles[1]")]
    public void A_node_needs_whole_certificates_and_the_roles_that_no_other_node_has(string hocon, params string[] keys) =>
        Assert.Equal(keys, Given.Reading(hocon).Errors.Select(error => error.Key));

    [Fact]
    public void Seed_nodes_are_written_alike_with_certificates_and_without()
    {
        const string Seeds = "router.node-port = 1, akka.cluster.seed-nodes = [\"akka.tcp://router@127.0.0.1:1\"]\n";
        const string Tls = "router.cluster.tls { certificate = a, key = b, ca = c }";

        var (clear, secret) = (Given.Settings(Seeds).Cluster, Given.Settings(Seeds + Tls).Cluster);

        Assert.Equal(("akka.tcp://router@127.0.0.1:1", clear.Address), (clear.SeedNodes[0], clear.SeedNodes[0]));
        Assert.Equal(("akka.ssl.tcp://router@127.0.0.1:1", secret.Address), (secret.SeedNodes[0], secret.SeedNodes[0]));
        Assert.Equal(new TlsSettings("a", "b", "c"), secret.Tls);
        Assert.Contains(
            Given.Reading(Seeds.Replace("akka.tcp", "akka.ssl.tcp", StringComparison.Ordinal)).Errors,
            error => (error.Key, error.Allowed) == ("akka.cluster.seed-nodes", "akka.tcp://router@HOST:PORT"));
    }

    [Theory]
    [InlineData("akka.cluster.seed-nodes = []")]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://router@127.0.0.1:2551\"]")]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://router@one:2551\"], akka.remote.dot-netty.tcp.public-hostname = one")]
    public void A_node_may_be_its_own_cluster(string hocon) =>
        Assert.Empty(Given.Reading($"router.node-port = 2551\n{hocon}").Errors);

    [Fact]
    public void All_errors_come_at_once_each_as_one_line()
    {
        var reading = Given.Reading("""
            router { books = 0, hold = x, http.url = "a\nb", bookz = 1, channels.a.protocol = smoke }
            """);

        Assert.Null(reading.Settings);
        var lines = reading.Errors.Select(error => error.ToString()).ToArray();
        Assert.Contains("router.books: \"0\", allowed is a whole number from 1 to 1024", lines);
        Assert.DoesNotContain(lines, line => line.Contains('\n', StringComparison.Ordinal));
        string[] keys =
        [
            "router.books", "router.bookz", "router.hold", "router.http.url", "router.channels.a.protocol",
            "router.channels.a.base-url", "router.channels.a.merchant-id", "router.channels.a.secret",
            "router.channels.a.products",
        ];
        Assert.Equal(keys.Order(StringComparer.Ordinal), reading.Errors.Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("router.boks = 4", "router.boks", "router.books")]
    [InlineData(
        "router.channels.own.submit.concurency = 4",
        "router.channels.own.submit.concurency", "router.channels.own.submit.concurrency")]
    [InlineData("router.channels.own.sumbit { queue = 4 }", "router.channels.own.sumbit", "router.channels.own.submit")]
    [InlineData(
        "router.channel-defaults.query.shedule = [1s]",
        "router.channel-defaults.query.shedule", "router.channel-defaults.query.schedule")]
    [InlineData("router.merchants.shop { keyz = [] }", "router.merchants.shop.keyz", "router.merchants.shop.keys")]
    [InlineData(
        "router.operators = [ { name = a, token = t, role = admin } ]", "router.operators[0].role", "router.operators[].roles")]
    public void An_unknown_key_is_told_the_nearest_one(string hocon, string key, string nearest)
    {
        var error = Given.TheError(Given.Channel + hocon);

        Assert.Equal(key, error.Key);
        Assert.Equal($"a known one; the nearest is {nearest}", error.Allowed);
    }

    [Theory]
    [InlineData("router.merchants.shop { notify-secret = \"hunter2\" }")]
    [InlineData("router.encryption-key = \"hunter2\"")]
    [InlineData("router.merchants.shop { keys = [ { token-sha256 = \"hunter2\" } ] }")]
    [InlineData("router.merchants.shop { keys = [ { token = \"hunter2\", mode = live } ] }")]
    [InlineData("router.operators = [ { name = a, token = hunter2 }, { name = b, token = hunter2 } ]")]
    [InlineData("router.merchants.shop { tokenn = \"hunter2\" }")]
    [InlineData("router.merchants.shop { notify-secret = [\"hunter2\"] }")]
    [InlineData("router.http.url = \"http://user:hunter2@x\"")]
    public void Errors_never_show_a_secret(string hocon)
    {
        var reading = Given.Reading(hocon);

        Assert.NotEmpty(reading.Errors);
        Assert.DoesNotContain(reading.Errors, error => error.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("al\u200bice")]
    [InlineData("al\u00adice")]
    [InlineData("\u202eecila")]
    [InlineData("alice\u2069")]
    [InlineData("\ufeffalice")]
    [InlineData("alice\u3164")]
    [InlineData("al\u034fice")]
    [InlineData("ali\ufe0fce")]
    [InlineData("Zoe\u0308")]
    [InlineData("al  ice")]
    [InlineData("al\u00a0ice")]
    [InlineData("al\nice")]
    public void A_name_with_something_that_nobody_sees_is_refused_and_shown_with_it(string name)
    {
        var text = name.Replace("\n", "\\n", StringComparison.Ordinal);
        var error = Given.TheError($"router.operators = [ {{ name = \"{text}\", token = t }} ]");

        Assert.Equal("router.operators[0].name", error.Key);
        Assert.DoesNotContain(error.ToString(), letter => char.IsControl(letter)
            || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format);
    }

    [Theory]
    [InlineData("Zoë Müller-O'Neill")]
    [InlineData("张三")]
    [InlineData("ops@example.com (night) 2")]
    public void A_name_of_any_script_is_taken(string name) =>
        Assert.Equal(name, Given.Settings($"router.operators = [ {{ name = \"{name}\", token = t }} ]").Operators[0].Name);

    [Fact]
    public void A_key_with_something_that_nobody_sees_is_shown_with_it()
    {
        Assert.Equal("router.bo\\u200boks", Given.TheError("router.\"bo\u200boks\" = 4").Key);
        Assert.Equal("router.channels.own\\u000a", Given.TheError(
            Given.Channel.Replace(".own", ".\"own\\n\"", StringComparison.Ordinal)).Key);
    }

    [Fact]
    public void A_name_that_is_empty_is_an_error_of_its_own_and_ends_nothing()
    {
        Assert.Equal("router.channels.", Given.TheError(Given.Channel.Replace(".own", ".\"\"", StringComparison.Ordinal)).Key);
        Assert.Equal("router.merchants.", Given.TheError("router.merchants.\"\" { keys = [ { token = t } ] }").Key);
    }

    [Fact]
    public void Settings_never_print_a_secret()
    {
        var settings = Given.Settings($$"""
            router {
              encryption-key = "{{Given.Key}}"
              storage { provider = postgresql, connection-string = "Host=db;Password=hunter2" }
              operators = [ { name = alice, token = hunter2-a } ]
              merchants.shop { keys = [ { token = hunter2-b } ], notify-secret = "whsec_aHVudGVyMg==" }
              channels.own { base-url = "http://x", merchant-id = M1, secret = hunter2, products = [withhold] }
            }
            """);

        var merchant = settings.Merchants[0];
        object[] parts = [settings, settings.Storage, settings.Operators[0], merchant, merchant.Keys[0], settings.Channels[0]];
        Assert.All(parts, part =>
        {
            Assert.DoesNotContain("hunter2", part.ToString()!, StringComparison.Ordinal);
            Assert.DoesNotContain("aHVudGVyMg", part.ToString()!, StringComparison.Ordinal);
            Assert.DoesNotContain(TokenHash.Of("hunter2-b").Hex, part.ToString()!, StringComparison.Ordinal);
        });
        Assert.Equal("hunter2", settings.Channels[0].Secrets.Single().Value);
    }
}
