using System.Diagnostics;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Configuration;

[Collection(PostgresCollection.Name)]
public sealed class When_the_configuration_changes_on_one_node(PostgresFixture postgres, ITestOutputHelper output)
{
    /// <summary>Three times what is promised, because other tests share the machine.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_node_goes_by_it_and_one_that_starts_later_too()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("config_changes");
        await using var psp = await Psp.StartAsync("alpha", "bravo");
        await using var nodes = new NodeGroup(
            2, () => NodePlan.WithChannels(psp, "alpha").OnPostgres(storage).Set("router.changes.leave-after = 2s"));
        await nodes.StartAsync();

        await nodes[0].ConfigureAsync($$"""
            router.merchants.late.keys = [ { token = late-key, mode = sandbox } ]
            router.channels.alpha.submit.concurrency = 3
            router.channels.bravo.base-url = "http://127.0.0.1:{{psp.Port}}/bravo"
            """);
        var watch = Stopwatch.StartNew();
        using var late = new Merchant(nodes[1].Url, "late-key");
        await Until.TrueAsync(
            async () => (await late.PayAsync($"L-{Guid.NewGuid():n}")).IsAcknowledged, Promised, "the other node knows the key");
        output.WriteLine($"the other node took the key after {watch.Elapsed}");
        await Until.TrueAsync(
            async () => await nodes[1].ChannelsAsync() is
                [{ Id: "alpha", Submit.Budget: 3 }, { Id: "bravo", Lifecycle: "active" }],
            Limit, "the other node shows the new channel and the new budget");
        await Until.TrueAsync(
            async () => (await late.PayAsync($"L-{Guid.NewGuid():n}")).Payment?.Channel == "bravo", Limit,
            "the new channel takes payments");

        await nodes[1].ConfigureAsync("router { channels.bravo = null, merchants.late = null }");
        Assert.Equal(401, (await late.PayAsync("L-3")).Status);
        await Until.TrueAsync(
            async () => await nodes[0].ChannelsAsync() is [{ Id: "alpha" }]
                && await nodes[1].ChannelsAsync() is [{ Id: "alpha" }],
            Limit, "the channel has left");

        await nodes[1].KillAsync();
        await nodes[1].StartAsync();
        Assert.Equal(401, (await late.PayAsync("L-4")).Status);
        Assert.Equal(3, Assert.Single(await nodes[1].ChannelsAsync()).Submit.Budget);
        Assert.True((await nodes[1].Shop.PayAsync("S-1")).IsAcknowledged);
    }
}
