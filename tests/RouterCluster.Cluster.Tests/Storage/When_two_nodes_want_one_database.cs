using System.Diagnostics;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Storage;

[Collection(PostgresCollection.Name)]
public sealed class When_two_nodes_want_one_database(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_second_is_refused_by_a_line_that_names_the_first()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("two_nodes");
        await using var psp = await Psp.StartAsync("alpha");
        var plan = Plan(psp, storage);
        await using var first = new Node(plan);
        await using var second = new Node(plan);
        await first.StartAsync();

        second.Launch();

        Assert.Equal(2, await second.Process.ExitAsync(ExitLimit));
        var line = Assert.Single(second.Process.Lines, line => !line.StartsWith("warning", StringComparison.Ordinal));
        Assert.Contains($"process {first.Process.Id}", line, StringComparison.Ordinal);
        Assert.Contains(first.Url, line, StringComparison.Ordinal);
        Assert.Equal("succeeded", (await first.Shop.PayAsync("FIRST-1")).Payment?.State);
    }

    [Fact]
    public async Task After_a_kill_the_next_one_waits_no_longer_than_the_lease()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("killed_owner");
        await using var psp = await Psp.StartAsync("alpha");
        var plan = Plan(psp, storage);
        await using var first = new Node(plan);
        await using var second = new Node(plan);
        var alone = await first.StartAsync();
        await first.KillAsync();

        var afterKill = await second.StartAsync();

        output.WriteLine($"first start {alone.TotalSeconds:0.0} s, after a kill {afterKill.TotalSeconds:0.0} s");
        Assert.True(afterKill < alone + TimeSpan.FromSeconds(10), $"ready only after {afterKill}");
    }

    /// <summary>The stopped node wakes up with payments in its lanes, and another one owns them now.</summary>
    [Fact]
    public async Task A_node_that_stood_still_and_was_replaced_sends_nothing_and_ends()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("stopped_owner");
        await using var psp = await Psp.StartAsync("alpha");
        await psp.SetAsync("alpha", new { mode = "hang" });
        var plan = Plan(psp, storage)
            .Set("router.channels.alpha.submit { concurrency = 2, queue-deadline = 60s, timeout = 10s }");
        await using var first = new Node(plan);
        await using var second = new Node(plan);
        await first.StartAsync();
        var paying = Enumerable.Range(1, 8).Select(no => first.Shop.PayAsync($"QUEUED-{no}", wait: 0)).ToList();
        await Task.WhenAll(paying);
        first.Process.Send(Signal.Stop);
        var watch = Stopwatch.StartNew();
        await second.StartAsync();
        output.WriteLine($"the second was ready after {watch.Elapsed.TotalSeconds:0.0} s");
        await psp.HealAsync(["alpha"]);
        var before = (await psp.LogAsync("alpha")).Calls.Count(call => call.IsSubmit);

        first.Process.Send(Signal.Continue);

        var code = await first.Process.ExitAsync(ExitLimit);
        first.WriteLog(output);
        Assert.Equal(1, code);
        Assert.Equal(before, (await psp.LogAsync("alpha")).Calls.Count(call => call.IsSubmit));
        Assert.Contains(first.Process.Lines, line => line.Contains($"process {second.Process.Id}", StringComparison.Ordinal));
        Assert.True(await second.IsReadyAsync());
    }

    /// <summary>Nodes that share a database need the same key.</summary>
    private static NodePlan Plan(Psp psp, string storage) => NodePlan.WithChannels(psp, "alpha").OnPostgres(storage)
        .Set($"router.encryption-key = \"{Convert.ToBase64String(new byte[32])}\"");
}
