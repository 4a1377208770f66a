using RouterCluster.Domain.Counters;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Counters;

/// <summary>What the counters ask of a server, be it Redis or the embedded one.</summary>
public abstract class RedisCountersContract : IAsyncLifetime
{
    private static readonly CounterField Field = new("channel", "alpha", "succeeded");

    private RedisCounters _counters = null!;
    private CounterReading _reading = null!;

    [Fact]
    public async Task Batches_add_up_under_the_documented_keys_and_expire()
    {
        var second = CounterPeriod.SecondOf(DateTimeOffset.UtcNow);
        await _counters.WriteAsync(Batch(second, 2));
        await _counters.WriteAsync([]);
        await _counters.WriteAsync(Batch(second, 3));

        var database = _reading.Database;
        Assert.Equal(5, (long)await database.HashGetAsync($"router:s:{second.Start}", "channel:alpha:succeeded"));
        Assert.Equal(5, (long)await database.HashGetAsync($"router:m:{second.Start / 60}", "channel:alpha:succeeded"));
        Assert.Equal(5, await _reading.OfTodayAsync("channel:alpha:succeeded", Offset));
        await ExpiresAsync($"router:s:{second.Start}", TimeSpan.FromMinutes(10));
        await ExpiresAsync($"router:m:{second.Start / 60}", TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task Fields_that_fit_a_pattern_are_read_without_the_others_however_many_there_are()
    {
        var second = CounterPeriod.SecondOf(DateTimeOffset.UtcNow);
        var others = Enumerable.Range(0, 6000).Select(
            number => new CounterIncrement(second, new CounterField("code", $"bravo/{number}", "count"), 1));
        await _counters.WriteAsync([.. others, .. Codes(second, 300)]);

        var read = await _counters.ReadAsync([second, second.Minute()], "c*:alpha/*");

        Assert.Equal(300, read![0].Count);
        Assert.Equal(7, read[0][new CounterField("code", "alpha/7", "count")]);
        Assert.Empty(read[1]);
    }

    [Fact]
    public async Task Named_fields_are_read_from_each_period_that_has_them()
    {
        var second = CounterPeriod.SecondOf(DateTimeOffset.UtcNow);
        await _counters.WriteAsync([.. Codes(second, 10), .. Batch(second, 3)]);
        CounterField[] fields = [new("code", "alpha/7", "count"), new("code", "alpha/none", "count")];

        var read = await _counters.ReadAsync([second, second.Minute()], fields);
        var nothing = await _counters.ReadAsync([second], []);

        Assert.Equal([(fields[0], 7L)], read![0].Select(one => (one.Key, one.Value)));
        Assert.Empty(read[1]);
        Assert.Empty(nothing![0]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3000)]
    public async Task Thousands_of_named_fields_are_read_whether_a_period_has_few_others_or_more(int others)
    {
        var second = CounterPeriod.SecondOf(DateTimeOffset.UtcNow);
        await _counters.WriteAsync([.. Codes(second, others), .. Batch(second, 3)]);
        CounterField[] fields =
        [
            new("code", "alpha/7", "count"),
            .. Enumerable.Range(0, 2000).Select(number => new CounterField("code", $"bravo/{number}", "count")),
        ];

        var read = await _counters.ReadAsync([second, second.Minute()], fields);

        Assert.Equal([(fields[0], 7L)], read![0].Select(one => (one.Key, one.Value)));
        Assert.Empty(read[1]);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_counts_once_when_it_is_sent_again()
    {
        var second = CounterPeriod.SecondOf(DateTimeOffset.UtcNow);
        await _counters.WriteAsync(Batch(second, 1));

        // The number says that the next batch has arrived, as where only its answer was lost.
        var number = Assert.Single(_reading.Keys("w"));
        await _reading.Database.StringIncrementAsync(number);
        await _counters.WriteAsync(Batch(second, 100));
        await _counters.WriteAsync(Batch(second, 10));

        Assert.Equal(11, await _reading.SumAsync("s", "channel:alpha:succeeded"));
    }

    [Fact]
    public async Task A_flushed_server_counts_on_from_zero()
    {
        var second = CounterPeriod.SecondOf(DateTimeOffset.UtcNow);
        await _counters.WriteAsync(Batch(second, 1));
        await _reading.FlushAsync();

        await _counters.WriteAsync(Batch(second, 10));

        Assert.Equal(10, await _reading.SumAsync("s", "channel:alpha:succeeded"));
    }

    public async Task InitializeAsync()
    {
        var (redis, folder, address) = await StartServerAsync();
        var node = TestNode.Settings($$"""router { data-dir = "{{folder}}", redis { {{redis}}, timeout = 30s } }""");
        (_counters, var connection) = await ConnectAsync(node.Redis, node.Node, address);
        _reading = await CounterReading.OpenAsync(connection);
    }

    public async Task DisposeAsync()
    {
        await _reading.DisposeAsync();
        await _counters.DisposeAsync();
        await StopServerAsync();
    }

    private protected static TimeSpan Offset => TimeSpan.FromHours(8);

    private protected abstract Task<(string Settings, string Folder, string Address)> StartServerAsync();

    private protected abstract Task<(RedisCounters Counters, string Connection)> ConnectAsync(
        RedisSettings settings, NodeSettings node, string address);

    private protected abstract Task StopServerAsync();

    private static CounterIncrement[] Batch(CounterPeriod second, long amount) =>
    [
        new(second, Field, amount), new(second.Minute(), Field, amount), new(second.Day(Offset), Field, amount),
    ];

    private static IEnumerable<CounterIncrement> Codes(CounterPeriod second, int count) => Enumerable.Range(0, count)
        .Select(code => new CounterIncrement(second, new CounterField("code", $"alpha/{code}", "count"), code));

    private async Task ExpiresAsync(string key, TimeSpan after)
    {
        var left = await _reading.Database.KeyTimeToLiveAsync(key);
        Assert.InRange(left!.Value, after - TimeSpan.FromMinutes(1), after + TimeSpan.FromMinutes(1.5));
    }
}
