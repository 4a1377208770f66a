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

        // The founder, which is also the oldest and has the lowest port or not: every rule that names one node fails here.
        await nodes[0].KillAsync();
        await SeeEachOtherAsync("one of three is killed", FailOver, nodes[1], nodes[2]);

        await nodes[1].KillAsync();
        await SeeEachOtherAsync("one of two is killed", FailOver, nodes[2]);
        Assert.False(nodes[2].Process.HasExited);
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
