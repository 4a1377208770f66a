using Akka.Configuration;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Tests.Settings;

public sealed class ReferenceTests
{
    private const string OneOfEach = """
        router.operators = [ { name = "alice", token = "a" } ]
        router.merchants.shop.keys = [ { token = "b" } ]
        router.policies.first { kind = priority, channels = ["own"] }
        router.merchants.shop.routing."*" { policy = first }
        router.channels.own.maintenance = [ { from = "2026-12-01T02:00", until = "2026-12-01T03:00", time-zone = UTC } ]
        router.alerts.robots.duty { kind = wecom, url = "http://127.0.0.1:1/" }

        """;

    [Fact]
    public void Every_key_is_read_and_every_key_read_is_in_the_reference()
    {
        var log = new SettingLog();
        RouterSection.Read(ConfigurationFactory.ParseString(Given.Channel + OneOfEach), ["http-json"], log);

        Assert.False(log.HasErrors);
        Assert.Equal(
            RouterSection.Known.LeavesInPlace.Order(StringComparer.Ordinal), log.Read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reference_alone_is_a_node_without_channels()
    {
        var settings = Given.Settings("");

        Assert.Equal(ChannelMode.Sandbox, settings.Node.Mode);
        Assert.Equal("http://127.0.0.1:8080", settings.Http.Url);
        Assert.Equal(settings.Http.Url, settings.Node.AdminUrl);
        Assert.Equal(settings.Http.Url, settings.Http.PublicUrl);
        Assert.Equal(4, settings.Node.Books);
        Assert.Equal(TimeSpan.FromHours(8), settings.Node.DayOffset);
        Assert.Null(settings.Node.EncryptionKey);
        Assert.Equal(new StorageSettings(StorageProvider.Sqlite, null, TimeSpan.FromSeconds(5)), settings.Storage);
        Assert.Empty(settings.Channels);
        Assert.Empty(settings.Merchants);
        Assert.Empty(settings.Operators);
    }

    [Fact]
    public void A_channel_has_the_documented_defaults()
    {
        var channel = Assert.Single(Given.Settings(Given.Channel).Channels);

        var breaker = new BreakerSettings(0.5, 20, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), 5);
        Assert.Equal(Lane(16, 200, 256, 2, 15, breaker), channel.Submit);
        Assert.Equal(Lane(4, 50, 1024, 5, 10, breaker), channel.Query);
        Assert.Equal(1, channel.Weight);
        Assert.Equal(new FeeSettings(0, 0), channel.Fee);
        Assert.Equal(3, channel.QueryPolicy.NotFoundAgreeing);
        Assert.Equal(TimeSpan.FromMinutes(30), channel.QueryPolicy.NotFoundIsFinalAfter);
        Assert.Equal(TimeSpan.FromSeconds(15), channel.QueryPolicy.QueryTimeout);
        Assert.Equal([1, 2, 5, 15, 30, 60, 300, 900, 3600], channel.QueryPolicy.Schedule.Select(pause => pause.TotalSeconds));
        Assert.True(channel.Terms.Banks.SetEquals(["*"]));
        Assert.True(channel.Terms.Currencies.SetEquals([new Currency("CNY")]));
    }

    [Fact]
    public void Defaults_for_all_channels_can_be_changed_in_one_place()
    {
        var settings = Given.Settings(Given.Channel + """
            router.channel-defaults.submit { concurrency = 3, timeout = 4s }
            router.channels.own.submit.concurrency = 5
            """);

        Assert.Equal(5, settings.Channels[0].Submit.Concurrency);
        Assert.Equal(TimeSpan.FromSeconds(4), settings.Channels[0].Submit.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(4), settings.Channels[0].QueryPolicy.SubmitTimeout);
    }

    private static LaneSettings Lane(int concurrency, double rate, int queue, int wait, int timeout, BreakerSettings breaker) =>
        new(concurrency, rate, queue, Seconds(wait), Seconds(timeout), Seconds(1), breaker);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
