namespace RouterCluster.Cli.Tests.Cluster;

public sealed class ClusterTests
{
    [Fact]
    public async Task Cluster_shows_the_leader_and_what_each_node_owns()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/cluster", Bodies.Cluster);

        var ending = await Tool.RunAsync(node, "cluster");

        Assert.Equal(0, ending.Code);
        Assert.Matches("Leader +akka.tcp://router@10.0.0.2:2551", ending.Output);
        Assert.Matches("akka.tcp://router@10.0.0.1:2551 +up +router +0, 2 +alpha +840ms old .run 7", ending.Output);
        Assert.Matches("akka.tcp://router@10.0.0.2:2551 +draining +- +- +- +-", ending.Output);
    }
}
