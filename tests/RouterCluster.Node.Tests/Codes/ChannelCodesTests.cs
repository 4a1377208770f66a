using System.Globalization;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Counters;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Codes;

/// <summary>A channel's codes, by what the counters of all nodes say.</summary>
public sealed class ChannelCodesTests : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private CounterReading _reading = null!;
    private WholeNode _node = null!;

    [Fact]
    public async Task Codes_are_shown_with_share_class_and_a_payment_and_those_that_are_new()
    {
        var (_, paid) = await _node.PayAsync("A-1", "withhold", wait: 10);
        Assert.Equal("succeeded", (string?)paid["state"]);
        await RememberYesterdayAsync();
        await _node.ControlAsync("""{ "customer_failure_rate": 1, "success_rate": 0 }""");
        var (_, failed) = await _node.PayAsync("A-2", "withhold", wait: 10);
        Assert.Equal("failed", (string?)failed["state"]);
        JsonNode? codes = null;
        await WholeNode.EventuallyAsync(async () =>
        {
            codes = await CodesAsync();
            return (long)codes["count"]! == 2 && codes["items"]!.AsArray().All(item => item!["sample"] is not null);
        });

        var items = codes!["items"]!.AsArray();
        Assert.True((bool)codes["compared"]!);
        Assert.Equal((true, 0.5), ((bool)items[0]!["new"]!, (double)items[0]!["share"]!));
        Assert.Equal((string?)failed["failure"]!["code"], (string?)items[0]!["code"]);
        Assert.Equal((string?)failed["failure"]!["class"], (string?)items[0]!["class"]);
        Assert.Equal((string?)failed["id"], (string?)items[0]!["sample"]);
        Assert.Equal(
            ("00", "success", false),
            ((string?)items[1]!["code"], (string?)items[1]!["class"], (bool)items[1]!["new"]!));
        var bank = Assert.Single(codes["banks"]!.AsArray())!;
        Assert.Equal((2, 1, 1), ((int)bank["attempts"]!, (int)bank["succeeded"]!, (int)bank["failed"]!));
    }

    [Fact]
    public async Task Without_counters_of_the_time_before_nothing_is_new()
    {
        await _node.PayAsync("A-1", "withhold", wait: 10);
        await WholeNode.EventuallyAsync(async () => (long)(await CodesAsync())["count"]! == 1);

        var codes = await CodesAsync();

        Assert.False((bool)codes["compared"]!);
        Assert.False((bool)codes["items"]![0]!["new"]!);
    }

    [Fact]
    public async Task Without_a_server_there_are_no_codes()
    {
        await _redis.KillAsync();

        await WholeNode.EventuallyAsync(async () => (await _node.AdminAsync("channels/alpha/codes")).Status == 503);
    }

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _reading = await CounterReading.OpenAsync(_redis.ConnectionString);
        _node = await WholeNode.CountingInAsync(_redis);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _reading.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private async Task<JsonNode> CodesAsync()
    {
        var (status, codes) = await _node.AdminAsync("channels/alpha/codes?since=10m");
        Assert.Equal(200, status);
        return codes;
    }

    /// <summary>The day before has the code of a success, whatever the hour at which the test runs.</summary>
    private async Task RememberYesterdayAsync()
    {
        var yesterday = DateTimeOffset.UtcNow.AddMinutes(-10).AddDays(-1) + TimeSpan.FromHours(8);
        var key = string.Create(CultureInfo.InvariantCulture, $"router:d:{yesterday:yyyyMMdd}");
        await _reading.Database.HashSetAsync(key, [new("code:alpha/00:count", 9)]);
    }
}
