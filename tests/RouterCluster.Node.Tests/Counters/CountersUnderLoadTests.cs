using System.Diagnostics;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Counters;

/// <summary>Whatever happens to Redis happens to no payment, is shown, and ends by itself.</summary>
public sealed class CountersUnderLoadTests : IAsyncLifetime
{
    private const string Succeeded = "total:all:succeeded";
    private const int Workers = 4;

    private RedisServer _redis = null!;
    private CounterReading _reading = null!;
    private WholeNode _node = null!;
    private int _paid;
    private int _paidBeforeOutage;

    [Fact]
    public async Task Counters_are_exact_and_a_restart_counts_nothing_twice()
    {
        await PayAsync(TimeSpan.FromSeconds(1));
        await CountedAsync(_paid);
        foreach (var length in new[] { "s", "m", "d" })
        {
            Assert.Equal(_paid, await _reading.SumAsync(length, "channel:alpha:succeeded"));
            Assert.Equal(12000L * _paid, await _reading.SumAsync(length, "merchant:shop:amount_succeeded"));
        }

        var known = _paid;
        await _node.RestartAsync();
        Assert.Equal(known, await _reading.SumAsync("d", Succeeded));
        await PayAsync(TimeSpan.FromSeconds(1));
        await CountedAsync(_paid);
        Assert.True(_paid > known);
    }

    [Fact]
    public async Task Events_of_the_last_moment_are_written_before_the_node_has_stopped()
    {
        await PayAsync(TimeSpan.FromMilliseconds(300));
        await _node.RestartAsync();

        Assert.Equal(_paid, await _reading.SumAsync("d", Succeeded));
    }

    [Fact]
    public async Task A_stalled_server_delays_no_payment_and_gets_everything_once_it_goes_on()
    {
        await DuringAsync(
            begin: () => Done(_redis.Stall),
            end: () => Done(_redis.GoOn));

        await CountedAsync(_paid);
        Assert.Equal(_paid, await _reading.SumAsync("s", Succeeded));
    }

    [Fact]
    public async Task A_server_without_memory_is_told_and_gets_everything_once_it_has_some()
    {
        await DuringAsync(
            begin: () => _reading.ConfigureAsync("maxmemory", "1"),
            end: () => _reading.ConfigureAsync("maxmemory", "0"));

        await CountedAsync(_paid);
        Assert.Equal(_paid, await _reading.SumAsync("m", Succeeded));
    }

    [Fact]
    public async Task A_server_that_was_killed_and_comes_back_empty_counts_on()
    {
        await DuringAsync(begin: _redis.KillAsync, end: () => _redis.RestartAsync());

        await CountsOnAsync();
    }

    [Fact]
    public async Task A_server_that_asks_for_another_password_is_told()
    {
        await DuringAsync(
            begin: () => _redis.RestartAsync("--requirepass", "another"),
            end: () => _redis.RestartAsync());

        await CountsOnAsync();
    }

    [Fact]
    public async Task A_flushed_server_counts_on_from_zero()
    {
        await PayAsync(TimeSpan.FromMilliseconds(500));
        await CountedAsync(_paid);
        var before = _paid;

        await _reading.FlushAsync();
        await PayAsync(TimeSpan.FromMilliseconds(500));

        await CountedAsync(_paid - before);
        Assert.Equal("ok", await CountersAsync());
    }

    [Fact]
    public async Task What_changed_most_is_shown_by_what_the_counters_of_all_nodes_say()
    {
        while (_paid < 50)
        {
            await PayAsync(TimeSpan.FromMilliseconds(300));
        }

        await CountedAsync(_paid);
        for (var minute = 2; minute <= 12; minute++)
        {
            var key = $"router:m:{(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60) - minute}";
            await _reading.Database.HashSetAsync(key, [new("channel:bravo:faults", 100), new("total:all:accepted", 100)]);
        }

        var (status, movers) = await _node.AdminAsync("movers?minutes=1");

        Assert.Equal(200, status);
        var items = movers["items"]!.AsArray();
        Assert.Equal(6, (int)movers["minutes_before"]!);
        Assert.Equal(
            ("channel", "bravo", "faults", 100, 0),
            ((string?)items[0]!["dimension"], (string?)items[0]!["name"], (string?)items[0]!["what"],
                (double)items[0]!["before_per_minute"]!, (double)items[0]!["now_per_minute"]!));
        Assert.Contains(items, item => (string?)item!["name"] == "alpha" && (string?)item["what"] == "succeeded");
        Assert.DoesNotContain(items, item => (string?)item!["dimension"] == "total");
    }

    [Fact]
    public async Task Without_a_server_nothing_can_be_compared()
    {
        await _redis.KillAsync();

        await WholeNode.EventuallyAsync(async () => (await _node.AdminAsync("movers")).Status == 503);
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

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    /// <summary>Pays before, while and after something is the matter, which is to be seen and to be over.</summary>
    private async Task DuringAsync(Func<Task> begin, Func<Task> end)
    {
        await PayAsync(TimeSpan.FromMilliseconds(300));
        await begin();
        await PayAsync(TimeSpan.FromSeconds(1));
        await WholeNode.EventuallyAsync(async () => await CountersAsync() == "degraded");
        await WholeNode.EventuallyAsync(WhyNotDegradedAsync);
        _paidBeforeOutage = _paid;
        await PayAsync(TimeSpan.FromMilliseconds(300));
        await end();
        await WholeNode.EventuallyAsync(async () => await CountersAsync() == "ok");
        await PayAsync(TimeSpan.FromMilliseconds(300));
    }

    private async Task<string?> WhyNotDegradedAsync()
    {
        var metrics = await _node.MetricsAsync();
        return metrics.Contains("router_counters_degraded{} 1", StringComparison.Ordinal)
            ? null
            : string.Join("; ", metrics.Split('\n').Where(line => line.StartsWith("router_counters_", StringComparison.Ordinal)));
    }

    private async Task PayAsync(TimeSpan during)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (watch.Elapsed < during)
            {
                var number = Interlocked.Increment(ref _paid);
                var (status, payment) = await _node.PayAsync($"A-{number}", "withhold", wait: 10);
                Assert.Equal((201, "succeeded"), (status, (string?)payment["state"]));
            }
        }));
    }

    /// <summary>The new server has at least what was paid while there was none, and every payment from now on.</summary>
    private async Task CountsOnAsync()
    {
        await WholeNode.EventuallyAsync(async () => await _reading.SumAsync("d", Succeeded) >= _paid - _paidBeforeOutage);

        // The last batch may have left memory and not have arrived yet.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (known, paid) = (await _reading.SumAsync("d", Succeeded), _paid);
        await PayAsync(TimeSpan.FromMilliseconds(300));
        await CountedAsync((int)known + _paid - paid);
    }

    private Task CountedAsync(int payments) =>
        WholeNode.EventuallyAsync(async () => await _reading.SumAsync("d", Succeeded) == payments);

    /// <summary>The node is ready all the time.</summary>
    private async Task<string?> CountersAsync()
    {
        var (status, body) = await _node.ReadyAsync();
        Assert.Equal(200, status);
        return (string?)body["counters"];
    }
}
