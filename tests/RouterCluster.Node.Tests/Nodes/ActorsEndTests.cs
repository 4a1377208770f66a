using System.Diagnostics;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>A node without actors would answer nothing but 503 until somebody looks: its supervisor starts it anew.</summary>
public sealed class ActorsEndTests
{
    [Fact]
    public async Task A_node_whose_actors_have_ended_by_themselves_stops()
    {
        var node = await WholeNode.StartAsync("{}");
        await node.EndActorsAsync();
        var stopping = Stopwatch.StartNew();
        await node.DisposeAsync();
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(20), $"it took {stopping.Elapsed}");
    }
}
