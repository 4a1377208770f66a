using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments;

public sealed class CancelJourneyTests
{
    /// <summary>A new owner's bucket is empty, so the first order would leave after hours: all wait in the lane.</summary>
    private const string Slow = "router.channels.alpha.submit.rate-per-second = 0.0001";

    [Fact]
    public async Task A_payment_that_waits_in_its_lane_is_closed_and_its_order_never_leaves()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok" }""", Slow);
        var id = await WaitsAsync(node, "A-1");

        var (status, closed) = await node.CancelAsync(id);

        Assert.Equal((200, "closed"), (status, (string?)closed["state"]));
        Assert.Equal("withdrawn", (string?)closed["attempts"]![0]!["code"]);
        var (again, same) = await node.CancelAsync(id);
        Assert.Equal((200, closed.ToJsonString()), (again, same.ToJsonString()));
        Assert.Equal(closed.ToJsonString(), (await node.PaymentAsync("A-1")).ToJsonString());
        Assert.Empty(await node.OrdersAsync());
    }

    [Fact]
    public async Task An_operator_closes_it_and_that_is_on_record()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok" }""", Slow);
        var id = await WaitsAsync(node, "A-1");

        var (status, closed) = await node.AdminCancelAsync(id, """{ "reason": "the merchant has called" }""");

        Assert.Equal((200, "closed"), (status, (string?)closed["state"]));
        var (_, audit) = await node.AdminAsync("audit");
        var entry = audit["items"]![0]!;
        Assert.Equal(
            ("alice", "asked to cancel it", "the merchant has called", id),
            ((string?)entry["by"], (string?)entry["what"], (string?)entry["reason"], (string?)entry["payment"]));
    }

    [Fact]
    public async Task A_payment_whose_order_is_at_the_channel_is_not_closed()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "hang" }""");
        var (_, sent) = await node.PayAsync("A-1", "withhold", wait: 0);
        await WholeNode.EventuallyAsync(async () => (await node.OrdersAsync()).Length > 0);

        var (status, refusal) = await node.CancelAsync((string)sent["id"]!);

        // The call that hangs is given up after a second, as the wait for the lane is.
        Assert.Equal(409, status);
        Assert.Contains((string?)refusal["code"], new[] { "still_sending", "result_unknown" });
        Assert.Equal("processing", (string?)(await node.PaymentAsync("A-1"))["state"]);
    }

    private static async Task<string> WaitsAsync(WholeNode node, string orderNo)
    {
        var (_, payment) = await node.PayAsync(orderNo, "withhold", wait: 0);
        await WholeNode.EventuallyAsync(async () => (string?)(await node.PaymentAsync(orderNo))["state"] == "accepted");
        return (string)payment["id"]!;
    }
}
