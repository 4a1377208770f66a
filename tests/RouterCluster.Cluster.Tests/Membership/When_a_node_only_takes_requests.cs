using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;

namespace RouterCluster.Cluster.Tests.Membership;

/// <summary>The two nodes talk through TLS, each with a certificate of its own.</summary>
[Collection(PostgresCollection.Name)]
public sealed class When_a_node_only_takes_requests(PostgresFixture postgres)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task It_owns_nothing_serves_with_the_owners_and_is_not_ready_without_one()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("ingress_only");
        using var authority = new TestAuthority("cluster");
        await using var psp = await Psp.StartAsync("alpha", "bravo");
        await using var nodes = new NodeGroup(
            1, () => NodePlan.WithChannels(psp, "alpha", "bravo").OnPostgres(storage).Set(authority.Hocon()));
        var ingress = nodes.Add("router.roles = [ingress]");
        var owner = nodes[0];
        owner.Launch();
        ingress.Launch();

        await AreReadyAsync(owner, ingress);
        await PaysAsync(ingress, "FIRST");
        var members = (await ingress.MembersAsync()).ToDictionary(member => member.Roles.Length);
        Assert.Equal(["channels", "ingress"], members[2].Roles);
        Assert.Equal(["ingress"], members[1].Roles);
        Assert.All(members.Values, member => Assert.StartsWith("akka.ssl.tcp://", member.Address, StringComparison.Ordinal));
        Assert.Equal([0, 1, 2, 3], members[2].Books);
        Assert.Equal(["alpha", "bravo"], members[2].Channels);
        Assert.Empty(members[1].Books);
        Assert.Empty(members[1].Channels);
        Assert.InRange(members[1].Connections!.Open, 1, members[1].Connections!.Limit!.Value);
        Assert.InRange(members[2].Connections!.Open, 2, members[1].Connections!.Limit!.Value);

        owner.Process.Send(Signal.Terminate);
        Assert.Equal(0, await owner.Process.ExitAsync(Limit));
        await Until.TrueAsync(
            async () => await ingress.ProblemAsync("books_and_channels") is { } problem
                && problem.StartsWith("no node of the cluster has the role channels", StringComparison.Ordinal),
            Limit,
            "the node says that nobody owns books");
        Assert.False(await ingress.IsReadyAsync());

        owner.Launch();
        await AreReadyAsync(owner, ingress);
        await PaysAsync(ingress, "SECOND");
    }

    private static Task AreReadyAsync(params Node[] nodes) => Until.TrueAsync(
        async () => (await Task.WhenAll(nodes.Select(node => node.IsReadyAsync()))).All(isReady => isReady),
        Limit,
        "both nodes are ready");

    /// <summary>Enough for every book to get some.</summary>
    private static async Task PaysAsync(Node node, string prefix)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(no => node.Shop.PayAsync($"{prefix}-{no}")));
        Assert.All(replies, reply => Assert.Equal("succeeded", reply.Payment?.State));
    }
}
