using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Budgets;

/// <summary>
/// The node stands still until its lease has run out, so that another owner may have begun. The database does not answer
/// when the node wakes up, so every call that leaves then was past its last check when the node stopped.
/// </summary>
public sealed class When_an_owner_stands_still_at_random_moments(ITestOutputHelper output)
{
    private const int Budget = 8;
    private const int Clients = 48;

    private static readonly int Stops = LongRun.Or(full: 200, normal: 4);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);

    /// <summary>Orders that are in the lane leave within it, if they leave at all.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(600);

    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_sends_no_more_than_one_call_for_each_permit_that_was_past_its_last_check()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var storage = await postgres.CreateDatabaseAsync("random_stops");
        await using var psp = await Psp.StartAsync("alpha");
        await psp.SetAsync("alpha", new { latency_ms = 10, latency_p99_ms = 30 });
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha").OnPostgres(storage).Set($$"""
            router.storage.lease = {{Lease.TotalSeconds}}s
            router.encryption-key = "{{Convert.ToBase64String(new byte[32])}}"
            router.channels.alpha.submit { concurrency = {{Budget}}, queue-deadline = 30s, timeout = 5s }
            """));
        await node.StartAsync();
        var load = Load.Start("STOP", Clients, orderNo => node.Shop.PayAsync(orderNo, wait: 1));
        var late = new List<int>();
        var calls = new List<PspCall>();
        var waiting = 0;
        while (late.Count < Stops)
        {
            await load.GrowsByAsync(Clients);
            await Task.Delay(Random.Shared.Next(0, 100));
            waiting += (await node.ChannelAsync("alpha")).Submit.Queue > 0 ? 1 : 0;
            late.Add(await StopAsync(node, postgres, psp, calls));
            Assert.InRange(late[^1], 0, Budget);
        }

        var statement = await load.StopAsync();
        output.WriteLine($"{Stops} stops, {waiting} of them with orders in the queue");
        output.WriteLine(
            $"calls left that were past their last check after {late.Count(sent => sent > 0)} stops: "
            + $"{late.Sum()} in all, at most {late.Max()} after one stop, of {Budget} permits");
        Assert.True(waiting * 2 > Stops, $"Only {waiting} of {Stops} stops found orders in the queue.");
        var judge = new Judge(node, async _ => calls.Concat((await psp.LogAsync("alpha")).Calls), ["alpha"]);
        var verdict = await judge.JudgeAllAsync(statement);
        output.WriteLine($"{verdict}");
        verdict.IsTruthful();
    }

    /// <returns>The submits that began after the node woke up, and before it could renew its lease.</returns>
    private static async Task<int> StopAsync(Node node, PostgresServer postgres, Psp psp, List<PspCall> earlier)
    {
        node.Process.Send(Signal.Stop);
        int late;
        using (postgres.Stall())
        {
            await Task.Delay(Lease + Margin);
            var log = await psp.LogAsync("alpha");
            Assert.InRange(log.HighestConcurrency.Submit, 0, Budget);
            earlier.AddRange(log.Calls);
            await psp.ForgetCallsAsync("alpha");
            node.Process.Send(Signal.Continue);
            await Task.Delay(Watched);
            late = (await psp.LogAsync("alpha")).Calls.Count(call => call.IsSubmit);
        }

        await Until.TrueAsync(node.IsReadyAsync, StepLimit, "the node is ready again");
        return late;
    }
}
