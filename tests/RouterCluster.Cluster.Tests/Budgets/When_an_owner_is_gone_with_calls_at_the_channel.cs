using System.Diagnostics;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Budgets;

/// <summary>The next owner waits until the company has seen the end of the last one's calls, and says so.</summary>
[Collection(PostgresCollection.Name)]
public sealed class When_an_owner_is_gone_with_calls_at_the_channel(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Budget = 2;

    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task After_a_kill_the_channel_has_no_owner_for_as_long_as_a_call_may_last()
    {
        await using var psp = await Psp.StartAsync("alpha");
        await psp.SetAsync("alpha", new { mode = "hang" });
        await using var node = new Node(Plan(psp, timeoutSeconds: 6));
        await node.StartAsync();
        await FillAsync(node, "KILLED");

        await node.KillAsync();
        await psp.HealAsync(["alpha"]);
        var watch = Stopwatch.StartNew();
        node.Launch();
        await Until.TrueAsync(() => WaitsAsync(node), StepLimit, "the channel has no owner that sends");
        Assert.False(await node.IsReadyAsync());
        await Until.TrueAsync(node.IsReadyAsync, StepLimit, "the node is ready");
        output.WriteLine($"ready {watch.Elapsed.TotalSeconds:0.0} s after the kill");
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(6.3), $"ready after {watch.Elapsed}");
        Assert.Equal(("active", null), await StandingAsync(node));
        Assert.Equal("succeeded", (await node.Shop.PayAsync("AFTER-1")).Payment?.State);

        // An orderly stop leaves nothing to wait for.
        node.Process.Send(Signal.Terminate);
        Assert.Equal(0, await node.Process.ExitAsync(StepLimit));
        await node.StartAsync();
        Assert.DoesNotContain(node.Process.Lines, line => line.Contains("last owner", StringComparison.Ordinal));
    }

    /// <summary>Its connections stay open while it stands still: only the wait keeps the budget.</summary>
    [Fact]
    public async Task A_node_that_stands_still_and_its_successor_keep_one_budget_together()
    {
        const int CallLasts = 15_000;
        var storage = await postgres.Server.CreateDatabaseAsync("one_budget");
        await using var psp = await Psp.StartAsync("alpha");
        await psp.SetAsync("alpha", new { latency_ms = CallLasts, latency_p99_ms = CallLasts });
        var plan = Plan(psp, timeoutSeconds: 18).OnPostgres(storage).Set($$"""
            router.storage.lease = 1s
            router.encryption-key = "{{Convert.ToBase64String(new byte[32])}}"
            """);
        await using var first = new Node(plan);
        await using var second = new Node(plan);
        await first.StartAsync();
        await FillAsync(first, "FIRST");

        first.Process.Send(Signal.Stop);
        second.Launch();
        await Until.TrueAsync(() => WaitsAsync(second), StepLimit, "the channel has no owner that sends");
        var refused = await second.Shop.PayAsync("EARLY-1", wait: 0);
        Assert.True(refused.Status is 409 or 503, $"{refused.Status}");
        await Until.TrueAsync(second.IsReadyAsync, StepLimit, "the second node is ready");
        await FillAsync(second, "SECOND");

        var highest = (await psp.LogAsync("alpha")).HighestConcurrency;
        second.WriteLog(output);
        output.WriteLine($"at most {highest.Submit} submits and {highest.Query} queries at once");
        Assert.Equal(Budget, highest.Submit);
    }

    private static NodePlan Plan(Psp psp, int timeoutSeconds) => NodePlan.WithChannels(psp, "alpha").Set($$"""
        router.channels.alpha.submit { concurrency = {{Budget}}, queue-deadline = 30s, timeout = {{timeoutSeconds}}s }
        """);

    /// <summary>The whole budget is at the channel.</summary>
    private static async Task FillAsync(Node node, string prefix)
    {
        await Task.WhenAll(Enumerable.Range(1, 2 * Budget).Select(no => node.Shop.PayAsync($"{prefix}-{no}", wait: 0)));
        await Until.TrueAsync(
            async () => (await node.ChannelAsync("alpha")).Submit.InFlight == Budget, StepLimit, "the budget is in use");
    }

    private static async Task<bool> WaitsAsync(Node node)
    {
        try
        {
            return await StandingAsync(node) is ("no_owner", not null);
        }
        catch (HttpRequestException)
        {
            // The node has no listener yet.
            return false;
        }
    }

    private static async Task<(string Lifecycle, long? NoOwnerSeconds)> StandingAsync(Node node)
    {
        var channel = await node.ChannelAsync("alpha");
        return (channel.Lifecycle, channel.NoOwnerSeconds);
    }
}
