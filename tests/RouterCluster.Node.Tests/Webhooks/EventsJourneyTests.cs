using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Webhooks;

/// <summary>On a whole node, of a merchant that no webhook is sent to.</summary>
public sealed class EventsJourneyTests
{
    [Fact]
    public async Task A_merchant_without_a_URL_reads_what_it_would_have_been_told()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "latency_ms": 1, "success_rate": 1, "customer_failure_rate": 0 }""", "router.notifications.events-after = 0s");
        var paid = (await node.PayAsync("A-1", "withhold", wait: 10)).Json;
        await node.PayAsync("A-2", "withhold", wait: 10);

        await WholeNode.EventuallyAsync(async () => (await node.EventsAsync("")).Count == 2);
        var all = await node.EventsAsync("");
        var rest = await node.EventsAsync($"?after={all[0]!["id"]}");

        Assert.All(all, one => Assert.Equal("payment.succeeded", (string?)one!["type"]));
        Assert.Contains(all, one => (string?)one!["data"]!["id"] == (string?)paid["id"]);
        Assert.Equal((string?)all[1]!["id"], (string?)Assert.Single(rest)!["id"]);
    }
}
