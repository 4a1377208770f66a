using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

public sealed class When_the_node_is_told_to_stop(ITestOutputHelper output)
{
    private const int InFlight = 16;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Requests_in_flight_are_answered_and_it_exits_with_0()
    {
        await using var psp = await Psp.StartAsync("slow");
        await psp.SetAsync("slow", new { latency_ms = 3000, latency_p99_ms = 3000 });
        await using var node = new Node(NodePlan.WithChannels(psp, "slow").Set("router.channels.slow.submit.timeout = 10s"));
        await node.StartAsync();
        var statement = new Statement();
        var payments = Enumerable.Range(0, InFlight).Select(async number =>
        {
            statement.Asked($"STOP-{number}");
            statement.Told($"STOP-{number}", await node.Shop.PayAsync($"STOP-{number}"));
        }).ToList();
        await Until.TrueAsync(
            async () => (await node.ChannelAsync("slow")).Submit.InFlight == InFlight, StopLimit, "all are at the channel");

        node.Process.Send(Signal.Terminate);

        Assert.Equal(0, await node.Process.ExitAsync(StopLimit));
        await Task.WhenAll(payments);
        Assert.Equal(InFlight, statement.Acknowledged.Count());

        // Queries take longer than their timeout here: only what was stored before the stop can be known.
        await node.StartAsync();
        var verdict = await new Judge(node, psp, ["slow"]).JudgeAllAsync(statement);
        output.WriteLine($"{verdict}");
        verdict.IsTruthful();
        Assert.Equal(InFlight, verdict.Succeeded);
    }

    /// <summary>
    /// "Not found" proves nothing here for longer than the test waits: an order that is called sent and was not stays open.
    /// </summary>
    [Fact]
    public async Task What_waits_in_full_lanes_is_given_back_unsent_and_sent_after_the_start()
    {
        const int Payments = 22;
        await using var psp = await Psp.StartAsync("hung", "small");
        await psp.SetAsync("hung", new { mode = "lost_response" });
        await psp.SetAsync("small", new { latency_ms = 400, latency_p99_ms = 400 });
        var plan = NodePlan.WithChannels(psp, "hung", "small").Set("""
            router.channel-defaults {
              submit { concurrency = 2, queue = 64, queue-deadline = 20s, timeout = 8s }
              query.not-found-is-final-after = 10m
            }
            """);
        await using var node = new Node(plan);
        await node.StartAsync();
        var statement = new Statement();
        await Task.WhenAll(Enumerable.Range(0, Payments).Select(async number =>
        {
            statement.Asked($"WAIT-{number}");
            statement.Told($"WAIT-{number}", await node.Shop.PayAsync($"WAIT-{number}", wait: 0));
        }));
        Assert.Equal(Payments, statement.Acknowledged.Count());
        await Until.TrueAsync(
            async () => (await node.ChannelsAsync()).Sum(channel => channel.Submit.Queue) > 0, StopLimit, "some wait in a lane");
        var states = await Task.WhenAll(Enumerable.Range(0, Payments).Select(
            async number => (await node.Shop.FindAsync($"WAIT-{number}")).Payment!.State));
        Assert.Contains("accepted", states);
        Assert.Contains("processing", states);

        node.Process.Send(Signal.Terminate);

        Assert.Equal(0, await node.Process.ExitAsync(StopLimit));
        await psp.HealAsync(["hung", "small"]);
        await node.StartAsync();
        var (verdict, payments) = await new Judge(node, psp, ["hung", "small"]).JudgeSomeAsync(statement);
        output.WriteLine($"{verdict}");
        verdict.IsTruthful();
        Assert.Equal(Payments, verdict.Succeeded);
        Assert.Contains(payments, payment => payment.Attempts.Any(attempt => attempt.Code == "stopping"));
        Assert.All(payments, payment => Assert.InRange(payment.Attempts.Length, 1, 2));
    }

    [Fact]
    public async Task Under_load_nothing_is_lost_and_a_started_node_finds_everything_out()
    {
        await using var scene = await CrashScene.StartAsync(output);
        var load = scene.StartLoad();
        for (var stop = 0; stop < LongRun.Or(full: 10, normal: 1); stop++)
        {
            await load.GrowsByAsync(30);
            scene.Node.Process.Send(Signal.Terminate);
            Assert.Equal(0, await scene.Node.Process.ExitAsync(StopLimit));
            await scene.Node.StartAsync();
        }

        await load.GrowsByAsync(10);
        await scene.EndsInTruthAsync(await load.StopAsync());
    }
}
