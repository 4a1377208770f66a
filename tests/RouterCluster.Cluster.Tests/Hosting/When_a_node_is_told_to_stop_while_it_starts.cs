using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;

namespace RouterCluster.Cluster.Tests.Hosting;

public sealed class When_a_node_is_told_to_stop_while_it_starts
{
    private static readonly TimeSpan ListeningLimit = TimeSpan.FromSeconds(60);

    // Less than the contract's 30 s: nothing runs yet that is worth waiting for. An idle machine needs 3 s.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);

    /// <summary>Within the first second the regions of books and channels get their shards, one after the other.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(600)]
    [InlineData(1000)]
    public async Task It_exits_with_0_and_waits_for_nothing(int millisecondsAfterListening)
    {
        await using var psp = await Psp.StartAsync("alpha", "bravo");
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha", "bravo"));
        node.Launch();
        await Until.TrueAsync(
            () => Task.FromResult(node.Process.Lines.Any(line => line.Contains("Now listening", StringComparison.Ordinal))),
            ListeningLimit, "the node listens");
        await Task.Delay(millisecondsAfterListening);

        node.Process.Send(Signal.Terminate);

        Assert.Equal(0, await node.Process.ExitAsync(StopLimit));
    }
}
