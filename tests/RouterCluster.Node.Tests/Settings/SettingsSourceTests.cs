using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class SettingsSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings-").FullName;

    [Fact]
    public void Without_anything_the_demo_is_there()
    {
        var settings = Loaded([]);

        var names = settings.Channels.Select(channel => channel.Id.Value);
        Assert.Equal(["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"], names);
        Assert.Equal("http://127.0.0.1:9090/echo", settings.Channels[4].BaseUrl);
        Assert.Equal((new Secret("sim-secret"), "M1"), (settings.Channels[4].Secrets.Single(), settings.Channels[4].MerchantId));
        Assert.Equal(TokenHash.Of("demo-key"), settings.Merchants[0].Keys[0].Token);
        Assert.Equal(TokenHash.Of("demo-operator"), settings.Operators[0].Token);
        Assert.True(settings.Operators[0].Roles.SetEquals([OperatorRole.Admin]));
        Assert.Equal(TokenHash.Of("demo-approver"), settings.Operators[1].Token);
        Assert.True(settings.Operators[1].Roles.SetEquals([OperatorRole.Approver]));
        Assert.Equal(TimeSpan.FromHours(24), settings.Decisions.ExpiresAfter);
    }

    [Fact]
    public void Own_channels_stand_beside_the_demo_and_alone_without_it()
    {
        var file = Written("own.conf", Given.Channel);

        Assert.Equal(7, Loaded([file]).Channels.Length);
        Assert.Equal("own", Assert.Single(Loaded([file], "router.demo=off").Channels).Id.Value);
        Assert.Equal("own", Assert.Single(Loaded([file, Written("off.conf", "router.demo = off")]).Channels).Id.Value);
    }

    [Fact]
    public void Sets_win_over_files_later_files_over_earlier_and_files_over_the_demo()
    {
        var first = Written("1.conf", "router { books = 5, hold = 1s, max-attempts = 4, channels.alpha.weight = 9 }");
        var second = Written("2.conf", "router { books = 6, hold = 2s, channels.alpha.submit.queue = 7 }");
        var settings = Loaded([first, second], "router.books=7", "router.books=8");

        Assert.Equal((8, TimeSpan.FromSeconds(2), 4), (settings.Node.Books, settings.Hold, settings.MaxAttempts));
        var alpha = settings.Channels[0];
        Assert.Equal((9, 7, "M1"), (alpha.Weight, alpha.Submit.Queue, alpha.MerchantId));
    }

    [Fact]
    public void Lists_are_replaced()
    {
        var settings = Loaded([Written("ops.conf", "router.operators = [ { name = alice, token = t } ]")]);

        Assert.Equal("alice", Assert.Single(settings.Operators).Name);
    }

    [Fact]
    public void The_contracts_example_is_taken_as_it_stands()
    {
        var settings = Loaded([Written("example.conf", ContractExample.Text)], "router.demo=off");

        var alpha = Assert.Single(settings.Channels);
        Assert.Equal((16, 4, new FeeSettings(25, 0)), (alpha.Submit.Concurrency, alpha.Query.Concurrency, alpha.Fee));
        Assert.Equal(9, alpha.QueryPolicy.Schedule.Length);
        Assert.Equal("alice", Assert.Single(settings.Operators).Name);
        Assert.True(Assert.Single(settings.Merchants).Keys[0].IsDemo);
        Assert.Equal(6, Loaded([Written("again.conf", ContractExample.Text)]).Channels.Length);
    }

    [Theory]
    [InlineData("router.http.url=http://127.0.0.1:1", "http://127.0.0.1:1")]
    [InlineData("router.http.url=\"http://127.0.0.1:2\"", "http://127.0.0.1:2")]
    [InlineData(" router.http.url = http://127.0.0.1:3 ", "http://127.0.0.1:3")]
    public void A_set_is_quoted_where_it_must_be(string set, string url)
    {
        Assert.Equal(url, Loaded([], set).Http.Url);
    }

    [Fact]
    public void Sets_take_lists_sections_and_awkward_text()
    {
        var settings = Loaded(
            [], "router.trusted-proxies=[10.0.0.1, ::1]", "router.channels.alpha.query.schedule=[1s,2s]",
            "router.channels.bravo.submit={ concurrency = 3, queue = 9 }", "router.channels.alpha.secret=a\"b\\c${x}#d");

        Assert.Equal(2, settings.Node.TrustedProxies.Length);
        Assert.Equal(2, settings.Channels[0].QueryPolicy.Schedule.Length);
        Assert.Equal((3, 9), (settings.Channels[1].Submit.Concurrency, settings.Channels[1].Submit.Queue));
        Assert.Equal("a\"b\\c${x}#d", settings.Channels[0].Secrets.Single().Value);
    }

    [Fact]
    public void What_is_not_ours_is_kept_for_akka()
    {
        var loaded = SettingsSource.Load([], ["akka.cluster.seed-nodes=[akka.tcp://router@127.0.0.1:5001]"], _ => null);

        Assert.Equal(["akka.tcp://router@127.0.0.1:5001"], loaded.Config.GetStringList("akka.cluster.seed-nodes"));
    }

    [Theory]
    [InlineData("router.books", "--set: no key and =, ")]
    [InlineData("=5", "--set: not a key, ")]
    [InlineData("router..books=5", "--set: not a key, ")]
    [InlineData("router.trusted-proxies=[1", "--set router.trusted-proxies: ends too early: a [ is not closed, line 1, ")]
    [InlineData("router.http={ url = ${X} }", "--set router.http: ${X} is not in the environment, ")]
    [InlineData("routr.books=5", "--set routr.books: \"routr\" at the top level, allowed is router | akka")]
    public void A_set_that_is_none_names_the_option(string set, string start)
    {
        Assert.StartsWith(start, TheError([], set), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("router { books = 4", "ends too early: a { is not closed, line 1")]
    [InlineData("router {\n trusted-proxies = [\"::1\"", "ends too early: a [ is not closed, line 2")]
    [InlineData("router { data-dir = \"/da", "a string is not closed, line 1")]
    [InlineData("router { } }", "a } closes nothing, line 1")]
    [InlineData("router { trusted-proxies = [ } ]", "a } closes nothing, line 1")]
    [InlineData("what is this", "\"what is this\" at the top level")]
    [InlineData("routr.mode = live", "\"routr\" at the top level")]
    [InlineData("router.http.url = http://x", "not HOCON (")]
    [InlineData("router {\n books = 4\n hold = ^5s\n mode = sandbox\n}", "not HOCON (", "line 3")]
    [InlineData("router {\n books = 4\n}\n\n@router { books = 5 }", "not HOCON (", "line 5")]
    [InlineData("router {\n data-dir = \"a\\qb\"\n}", "not HOCON (", "line 2")]
    [InlineData("router {\n hold =\n 5s, environment = a@b\n}", "not HOCON (", "line 2")]
    [InlineData("# x\nrouter.data-dir = ${?nowhere}", "${?nowhere} is no environment variable in capitals", "line 2")]
    [InlineData("router {\n\n environment = ${STAMP}\n}", "${STAMP} is not in the environment", "line 3")]
    [InlineData("router.data-dir = ${router.data-dir}", "${router.data-dir} is no environment variable in capitals")]
    [InlineData("router.data-dir = ${?nowhere}", "${?nowhere} is no environment variable in capitals")]
    [InlineData("include \"other.conf\"\nrouter.books = 4", "not HOCON (include is not supported; repeat --config)")]
    public void A_file_that_is_not_whole_HOCON_is_named(string text, string fault, string line = "")
    {
        var file = Written("bad.conf", text);

        Assert.StartsWith($"--config {file}: {fault}", TheError([file]), StringComparison.Ordinal);
        Assert.Contains($"{line}, allowed is ", TheError([file]), StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_on_one_line_may_have_commas_between_them()
    {
        var file = Written("line.conf", """
            router { http { max-in-flight = 5 }, book { tick = 7ms }, books = 3, # } , {
              merchants { a { keys = [ { token = "x, } y" }, { token = z } ] }, b { products = [payout] } },
              operators = [ { name = me, token = t }, { name = "a },", token = u } ]
              routing = { report-interval = 50ms }, hold = 4s }
            """);
        var settings = Loaded([file], "router.demo=off");

        Assert.Equal((5, 7, 3), (settings.Http.MaxInFlight, settings.Book.Tick.Milliseconds, settings.Node.Books));
        Assert.Equal(
            [(new MerchantId("a"), 2), (new MerchantId("b"), 0)],
            settings.Merchants.Select(merchant => (merchant.Id, merchant.Keys.Length)));
        Assert.Equal(["me", "a },"], settings.Operators.Select(person => person.Name));
        Assert.Equal((50, 4), (settings.Routing.ReportInterval.Milliseconds, settings.Hold.Seconds));
    }

    [Fact]
    public void The_demos_channels_are_where_its_simulator_listens()
    {
        Assert.All(Loaded([]).Channels, channel => Assert.Equal($"http://127.0.0.1:9090/{channel.Id}", channel.BaseUrl));
        Assert.All(
            Loaded([Written("port.conf", "router.simulator-port = 9191")]).Channels,
            channel => Assert.Equal($"http://127.0.0.1:9191/{channel.Id}", channel.BaseUrl));
        Assert.All(
            Loaded([], "router.simulator-port=9192").Channels,
            channel => Assert.Equal($"http://127.0.0.1:9192/{channel.Id}", channel.BaseUrl));
    }

    [Fact]
    public void Braces_in_strings_and_comments_do_not_count()
    {
        var file = Written("odd.conf", "router { # {\n data-dir = \"a\\\"{\" // [\n environment = \"\"\"x\"\"\" }");

        Assert.Equal(("a\"{", "x"), (Loaded([file]).Node.DataDirectory, Loaded([file]).Node.Environment));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var missing = Path.Combine(_folder, "missing.conf");

        Assert.Equal($"--config {missing}: there is no such file, allowed is a file", TheError([missing]));
        Assert.Equal($"--config {_folder}: cannot be read, allowed is a readable file", TheError([_folder]));
    }

    [Fact]
    public void The_environments_key_counts_where_none_is_set()
    {
        var other = Convert.ToBase64String(new byte[32]);
        var set = SettingsSource.Load([], [$"router.encryption-key={other}"], _ => Given.Key);

        Assert.Equal(Given.Key, KeyOf(SettingsSource.Load([], [], _ => Given.Key)));
        Assert.Equal(other, KeyOf(set));
        Assert.Equal($"{Given.Key},{other}", KeyOf(SettingsSource.Load([], [], _ => $"{Given.Key},{other}")));
        Assert.Null(KeyOf(SettingsSource.Load([], [], _ => "")));
    }

    [Fact]
    public void Files_take_values_from_the_environment()
    {
        var file = Written("env.conf", """
            router {
              environment = ${STAMP}, encryption-key = ${?NOT_SET} # ${NOT_SET}
              data-dir = "${NOT_SET}", operators = [ { name = a, token = ${TOKEN} } ]
            }
            """);
        var values = new Dictionary<string, string> { ["STAMP"] = "one", ["TOKEN"] = "a\"b$c" };
        var reading = RouterSettings.Read(SettingsSource.Load([file], [], values.GetValueOrDefault).Config, ["http-json"]);

        Assert.Empty(reading.Errors);
        Assert.Equal(("one", "${NOT_SET}"), (reading.Settings!.Node.Environment, reading.Settings.Node.DataDirectory));
        Assert.Null(reading.Settings.Node.EncryptionKey);
        Assert.Equal(TokenHash.Of("a\"b$c"), reading.Settings.Operators[0].Token);
        Assert.StartsWith($"--config {file}: ${{STAMP}} is not in the environment", TheError([file]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_node_for_docker_compose_is_complete()
    {
        using var stream = typeof(SettingsSourceTests).Assembly.GetManifestResourceStream("node.hocon")!;
        using var reader = new StreamReader(stream);
        var file = Written("node.conf", reader.ReadToEnd());
        var loaded = SettingsSource.Load([file], [], name => name == "ENCRYPTION_KEY" ? Given.Key : name);

        Assert.Empty(loaded.Errors);
        Assert.Empty(RouterSettings.Read(loaded.Config, ["http-json"]).Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? KeyOf(LoadedConfig loaded) =>
        RouterSettings.Read(loaded.Config, ["http-json"]).Settings!.Node.EncryptionKey?.Value;

    private static RouterSettings Loaded(string[] files, params string[] sets)
    {
        var loaded = SettingsSource.Load(files, sets, _ => null);
        Assert.Empty(loaded.Errors);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);
        Assert.Empty(reading.Errors);
        return reading.Settings!;
    }

    private static string TheError(string[] files, params string[] sets) =>
        Assert.Single(SettingsSource.Load(files, sets, _ => null).Errors).ToString();

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
