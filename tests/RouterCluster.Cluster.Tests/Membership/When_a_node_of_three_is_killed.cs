using System.Diagnostics;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Membership;

[Collection(PostgresCollection.Name)]
public sealed class When_a_node_of_three_is_killed(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FailOver = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GapLimit = TimeSpan.FromSeconds(30);
    private static readonly string[] Channels = ["alpha", "bravo"];

    [Fact]
    public async Task The_others_go_on_three_survive_any_one_and_two_survive_either()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("three_nodes");
        await using var psp = await Psp.StartAsync("alpha", "bravo");
        await using var nodes = new NodeGroup(3, () => NodePlan.WithChannels(psp, "alpha", "bravo").OnPostgres(storage));
        foreach (var node in nodes.Nodes)
        {
            node.Launch();
        }

        await SeeEachOtherAsync("three nodes start", StartLimit, nodes[0], nodes[1], nodes[2]);
        await PaysAsync("three nodes start", nodes[0], nodes[1], nodes[2]);
        await HaveGaugesOfOneOwnerAsync("three nodes start", Stopwatch.StartNew(), nodes[0], nodes[1], nodes[2]);

        // The founder is the oldest member too.
        await nodes[0].KillAsync();
        var sinceKill = Stopwatch.StartNew();
        await SeeEachOtherAsync("one of three is killed", FailOver, nodes[1], nodes[2]);
        await HaveGaugesOfOneOwnerAsync("one of three is killed", sinceKill, nodes[1], nodes[2]);
        await PaysAsync("one of three is killed", nodes[1], nodes[2]);

        await nodes[1].KillAsync();
        await SeeEachOtherAsync("one of two is killed", FailOver, nodes[2]);
        await PaysAsync("one of two is killed", nodes[2]);
        Assert.False(nodes[2].Process.HasExited);
    }

    /// <summary>Enough payments for every book to get some, wherever it is; and every node is ready.</summary>
    private async Task PaysAsync(string after, params Node[] nodes)
    {
        var watch = Stopwatch.StartNew();
        var round = 0;
        await Until.TrueAsync(
            async () =>
            {
                round++;
                var replies = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 12).Select(
                    no => node.Shop.PayAsync($"{nodes.Length}-{round}-{nodes.IndexOf(node)}-{no}"))));
                var ready = await Task.WhenAll(nodes.Select(node => node.IsReadyAsync()));
                return ready.All(isReady => isReady) && replies.All(reply => reply.Payment?.State == "succeeded");
            },
            StartLimit,
            $"all books and channels serve after {after}");
        output.WriteLine($"{after}: every payment through every node succeeds {watch.Elapsed.TotalSeconds:0.0} s later");
    }

    /// <summary>Every channel's gauges come from one node, not from two.</summary>
    private async Task HaveGaugesOfOneOwnerAsync(string after, Stopwatch watch, params Node[] nodes)
    {
        await Until.TrueAsync(
            async () =>
            {
                var samples = (await Task.WhenAll(nodes.Select(node => node.MetricsAsync()))).SelectMany(lines => lines).ToList();
                var exporters = Channels.Select(channel => samples.Count(line =>
                    line.StartsWith($"router_channel_enabled{{channel=\"{channel}\"}}", StringComparison.Ordinal))).ToList();
                return exporters.All(count => count == 1);
            },
            GapLimit - watch.Elapsed,
            $"every channel has gauges after {after}");
        output.WriteLine($"{after}: every channel's gauges come from one node after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private async Task SeeEachOtherAsync(string after, TimeSpan limit, params Node[] nodes)
    {
        var watch = Stopwatch.StartNew();
        await Until.TrueAsync(
            async () =>
            {
                var seen = await Task.WhenAll(nodes.Select(node => node.MembersAsync()));
                return seen.All(members => members.Length == nodes.Length && members.All(member => member.Status == "up"));
            },
            limit,
            $"{nodes.Length} members see each other after {after}");
        output.WriteLine($"{after}: {nodes.Length} members see each other after {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
