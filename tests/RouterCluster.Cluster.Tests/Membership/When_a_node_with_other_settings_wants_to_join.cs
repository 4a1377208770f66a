using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Cluster.Tests.Membership;

[Collection(PostgresCollection.Name)]
public sealed class When_a_node_with_other_settings_wants_to_join(PostgresFixture postgres)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_ends_with_one_line_that_names_the_setting_and_shows_no_secret()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("join_refused");
        var elsewhere = await postgres.Server.CreateDatabaseAsync("join_elsewhere");
        await using var psp = await Psp.StartAsync("alpha");
        await using var nodes = new NodeGroup(1, () => NodePlan.WithChannels(psp, "alpha").OnPostgres(storage));
        nodes[0].Launch();
        await Until.TrueAsync(async () => await nodes[0].MembersAsync() is [{ Status: "up" }], Limit, "the first node is up");

        await IsRefusedAsync(nodes, "router.channels.alpha.secret = \"other-secret\"", "router.channels");
        await IsRefusedAsync(nodes, "router.merchants.shop.products = [\"payout\"]", "router.merchants");
        await IsRefusedAsync(nodes, "router.books = 8", "router.books");
        await IsRefusedAsync(nodes, "router.environment = other", "router.environment");
        await IsRefusedAsync(
            nodes, $"router.encryption-key = \"{Convert.ToBase64String([.. new byte[31], 1])}\"", "router.encryption-key");

        // Its database does not know the members; only the members themselves can tell.
        await IsRefusedAsync(
            nodes, $"router.storage.connection-string = \"{elsewhere}\"", "router.storage.connection-string", onlyErrors: true);
        Assert.Single(await nodes[0].MembersAsync());
    }

    private static async Task IsRefusedAsync(NodeGroup nodes, string hocon, string named, bool onlyErrors = false)
    {
        var node = nodes.Add(hocon);
        node.Launch();

        Assert.Equal(2, await node.Process.ExitAsync(Limit));
        var line = Assert.Single(node.Process.Lines, line =>
            !line.StartsWith("warning", StringComparison.Ordinal) && !(onlyErrors && line.StartsWith('{')));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.InRange(line.Split("in the cluster it is", StringSplitOptions.None).Length, 1, 2);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }
}
