using RouterCluster.Cluster.Tests.Nodes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Isolation;

/// <summary>
/// Thirty channels with one bank each and a steady stream of payments to each. Phases in which some hang alternate
/// with phases in which none does, so that a machine that gets slower meanwhile harms both alike.
/// </summary>
public sealed class When_other_channels_hang(ITestOutputHelper output)
{
    private const int Channels = 30;

    private static readonly string[] Names = [.. Enumerable.Range(0, Channels).Select(number => $"c{number:00}")];
    private static readonly int[] Hanging = LongRun.Or<int[]>(full: [1, 5, 15, 29], normal: [5, 29]);
    private static readonly int PerSecond = LongRun.Or(full: 10, normal: 3);
    private static readonly TimeSpan PhaseTime = TimeSpan.FromSeconds(LongRun.Or(full: 30, normal: 5));

    // The goal is 1.2 and 0.95 on a machine with nothing else to do; beside other work, and of a few payments, only gross
    // harm can be told: what waits for a call that hangs takes a second and more.
    private static readonly double WorstLatency = LongRun.Or(full: 1.2, normal: 30);
    private static readonly double LeastThroughput = LongRun.Or(full: 0.95, normal: 0.5);

    [Fact]
    public async Task The_healthy_ones_do_not_notice()
    {
        await using var psp = await Psp.StartAsync(Names);
        var plan = NodePlan.WithChannels(psp, Names);
        foreach (var name in Names)
        {
            plan.Set($"router.channels.{name}.banks = [\"{name.ToUpperInvariant()}\"]");
        }

        await using var node = new Node(plan);
        await node.StartAsync();
        await PhaseAsync(psp, node, 0, "warming up");
        var before = await PhaseAsync(psp, node, 0, "none hangs");
        var resources = node.Process.Resources();
        var failures = new List<string>();
        foreach (var hanging in Hanging)
        {
            var during = await PhaseAsync(psp, node, hanging, $"{hanging} hang");
            var after = await PhaseAsync(psp, node, 0, "none hangs");
            failures.AddRange(Compare(hanging, before, during, after));
            before = after;
        }

        var afterwards = node.Process.Resources();
        node.WriteLog(output);
        output.WriteLine($"before: {resources}; afterwards: {afterwards}");
        Assert.Empty(failures);
        Assert.InRange(afterwards.Threads, 1, (resources.Threads * 2) + 20);
        Assert.InRange(afterwards.ResidentMegabytes, 1, (resources.ResidentMegabytes * 2) + 100);
    }

    private async Task<PhaseResult> PhaseAsync(Psp psp, Node node, int hanging, string name)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            var mode = channel < hanging ? "hang" : "ok";
            await psp.SetAsync(Names[channel], new { mode, latency_ms = 20, latency_p99_ms = 40 });
        }

        var phase = new Phase(node.Shop, Names, hanging, PerSecond);
        var result = await phase.RunAsync(PhaseTime);
        output.WriteLine($"{name}: {result}; {node.Process.Resources()}");

        // Breakers that opened close again, so that the next phase begins like the last one.
        await psp.HealAsync(Names);
        await Until.TrueAsync(
            async () =>
            {
                await Task.WhenAll(Names.Select(channel => phase.PayAsync(channel)));
                return (await node.ChannelsAsync()).All(channel => channel is { Submit.Breaker: "closed", Unknown.Count: 0 });
            },
            TimeSpan.FromSeconds(120),
            "every channel has healed");
        return result;
    }

    private IEnumerable<string> Compare(int hanging, PhaseResult before, PhaseResult during, PhaseResult after)
    {
        // Of the fault-free phases only those channels that stayed healthy in between are looked at.
        var healthy = Names[hanging..];
        var faultFree = (before.P99(healthy) + after.P99(healthy)) / 2;
        var latency = during.P99(healthy) / faultFree;
        var throughput = during.Throughput(healthy) * 2 / (before.Throughput(healthy) + after.Throughput(healthy));
        output.WriteLine(
            $"{hanging} hang: p99 {during.P99(healthy):0} ms, {latency:0.00} ×, throughput {throughput:0.00} × of the fault-free "
            + $"phases around; these two to each other: p99 {after.P99(healthy) / before.P99(healthy):0.00} ×");
        if (latency > WorstLatency)
        {
            yield return $"{hanging} hang: p99 {latency:0.00} ×";
        }

        if (throughput < LeastThroughput)
        {
            yield return $"{hanging} hang: throughput {throughput:0.00} ×";
        }

        foreach (var (channel, refused) in during.NotSucceeded(healthy).Where(count => count.Value > 0))
        {
            yield return $"{hanging} hang: {refused} payments on {channel} did not succeed";
        }
    }
}
