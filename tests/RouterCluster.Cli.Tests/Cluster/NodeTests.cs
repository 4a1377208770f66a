namespace RouterCluster.Cli.Tests.Cluster;

public sealed class NodeTests
{
    private const string Second = "akka.tcp://router@10.0.0.2:2551";

    [Theory]
    [InlineData("drain", "", "{}")]
    [InlineData("drain", "--reason disk", """{"reason":"disk"}""")]
    [InlineData("rejoin", "--reason done", """{"reason":"done"}""")]
    [InlineData("down", "", "{}")]
    [InlineData("down", "--force --reason dead", """{"reason":"dead","force":true}""")]
    public async Task A_change_of_a_node_posts_its_reason_and_shows_the_cluster(string verb, string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers($"POST /admin/v1/cluster/members/akka.tcp:%2F%2Frouter@10.0.0.2:2551/{verb}", Bodies.Cluster);

        var ending = await Tool.RunAsync(
            node, ["node", verb, Second, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((0, ""), (ending.Code, ending.Error));
        Assert.Matches("akka.tcp://router@10.0.0.2:2551 +draining", ending.Output);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
    }

    [Fact]
    public async Task A_dry_run_shows_what_the_node_owns_and_changes_nothing()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/cluster", Bodies.Cluster);

        var ending = await Tool.RunAsync(node, "node", "drain", "10.0.0.1:2551", "--dry-run");

        Assert.Equal(0, ending.Code);
        Assert.Matches("akka.tcp://router@10.0.0.1:2551 +up +router +0, 2 +alpha", ending.Output);
        Assert.Contains("Nothing was changed (--dry-run).", ending.Output);
        Assert.Equal("GET", Assert.Single(node.Seen).Method);
    }

    [Theory]
    [InlineData("node")]
    [InlineData("node drain")]
    [InlineData("node drain ..")]
    [InlineData("node drain a:1 --force")]
    public async Task A_node_has_to_be_named(string arguments)
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, arguments.Split(' '));

        Assert.Equal(2, ending.Code);
        Assert.Empty(node.Seen);
    }
}
