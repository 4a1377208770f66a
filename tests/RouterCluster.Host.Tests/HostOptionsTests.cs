using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;

namespace RouterCluster.Host.Tests;

public sealed class HostOptionsTests
{
    [Fact]
    public void Every_option_has_its_place()
    {
        var options = HostOptions.Parse(
        [
            "--config", "a.conf", "--set", "router.books=8", "--config", "b.conf", "--data", "/tmp/d",
            "--http", "http://127.0.0.1:9999", "--node-port", "5001", "--simulator-port", "9191", "--no-demo",
        ]);

        Assert.Empty(options.Errors);
        Assert.Equal(["a.conf", "b.conf"], options.ConfigFiles.AsEnumerable());
        Assert.Equal(
            [
                "router.books=8", "router.data-dir=/tmp/d", "router.http.url=http://127.0.0.1:9999",
                "router.node-port=5001", "router.simulator-port=9191", "router.demo=off",
            ],
            options.Sets.AsEnumerable());
        Assert.False(options.Help || options.Version);
    }

    [Fact]
    public void A_value_may_follow_an_equals_sign()
    {
        var options = HostOptions.Parse(["--http=http://127.0.0.1:1", "--set=router.mode=live", "--config=x=y.conf"]);

        string[] sets = ["router.http.url=http://127.0.0.1:1", "router.mode=live"];
        Assert.Equal(sets, options.Sets.AsEnumerable());
        Assert.Equal(["x=y.conf"], options.ConfigFiles.AsEnumerable());
    }

    [Fact]
    public void Help_and_version_are_told_apart()
    {
        Assert.True(HostOptions.Parse(["--help"]) is { Help: true, Version: false });
        Assert.True(HostOptions.Parse(["--version"]) is { Help: false, Version: true });
    }

    [Fact]
    public void A_migration_is_asked_for_beside_the_settings_of_a_node()
    {
        Assert.True(HostOptions.Parse(["--migrate", "--data", "/tmp/d"]) is { Migrate: true, Errors: [], Sets: [_] });
        Assert.False(HostOptions.Parse([]).Migrate);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var options = HostOptions.Parse(["--prot", "--http", "--no-demo", "--no-demo=1", "--data=", "--config"]);

        Assert.Equal(5, options.Errors.Length);
        Assert.StartsWith("--prot: not known, allowed is --config, --data, ", options.Errors[0], StringComparison.Ordinal);
        Assert.Equal("--http: a value is missing", options.Errors[1]);
        Assert.StartsWith("--no-demo: not known", options.Errors[2], StringComparison.Ordinal);
        Assert.Equal("--data: a value is missing", options.Errors[3]);
        Assert.Equal("--config: a value is missing", options.Errors[4]);
    }

    [Fact]
    public void A_stray_value_is_not_shown_it_may_be_a_secret()
    {
        var options = HostOptions.Parse(["--sett", "router.encryption-key=hunter2"]);

        Assert.Equal(2, options.Errors.Length);
        Assert.DoesNotContain(options.Errors, error => error.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_reach_the_settings_and_the_last_one_wins()
    {
        var options = HostOptions.Parse(
            ["--set", "router.http.url=http://127.0.0.1:1", "--http", "http://127.0.0.1:2", "--no-demo"]);

        var loaded = SettingsSource.Load(options.ConfigFiles, options.Sets, _ => null);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);

        Assert.Equal("http://127.0.0.1:2", reading.Settings!.Http.Url);
        Assert.Empty(reading.Settings.Channels);
    }
}
