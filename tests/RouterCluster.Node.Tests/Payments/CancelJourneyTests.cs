using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments;

/// <summary>A channel with one place, which a call that hangs keeps: what comes after it waits in the lane.</summary>
public sealed class CancelJourneyTests : IAsyncLifetime
{
    private const string OnePlace = """
        router.channels.alpha.submit { concurrency = 1, timeout = 8s }
        """;

    private WholeNode _node = null!;

    public async Task InitializeAsync() => _node = await WholeNode.StartAsync("""{ "mode": "hang" }""", OnePlace);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_payment_that_waits_in_its_lane_is_closed_and_its_order_never_leaves()
    {
        var sent = await SentAsync("A-1");
        var waits = await WaitsAsync("A-2");

        var (status, closed) = await _node.CancelAsync(waits);

        Assert.Equal((200, "closed"), (status, (string?)closed["state"]));
        Assert.Equal("withdrawn", (string?)closed["attempts"]![0]!["code"]);
        var (again, same) = await _node.CancelAsync(waits);
        Assert.Equal((200, closed.ToJsonString()), (again, same.ToJsonString()));
        Assert.Equal("closed", (string?)(await _node.PaymentAsync("A-2"))["state"]);
        Assert.DoesNotContain((string)closed["attempts"]![0]!["order_no"]!, await _node.OrdersAsync());

        // The call that keeps the place ends, and whoever waits gets it.
        await WholeNode.EventuallyAsync(async () => (string?)(await _node.CancelAsync(sent)).Json["code"] == "result_unknown");
        Assert.Equal([sent[4..] + "01"], await _node.OrdersAsync());
    }

    [Fact]
    public async Task A_payment_whose_order_is_at_the_channel_is_not_closed()
    {
        var sent = await SentAsync("A-1");

        var (status, refusal) = await _node.CancelAsync(sent);

        Assert.Equal((409, "still_sending"), (status, (string?)refusal["code"]));
        Assert.Equal("processing", (string?)(await _node.PaymentAsync("A-1"))["state"]);
    }

    [Fact]
    public async Task An_operator_closes_it_and_that_is_on_record()
    {
        await SentAsync("A-1");
        var waits = await WaitsAsync("A-2");

        var (status, closed) = await _node.AdminCancelAsync(waits, """{ "reason": "the merchant has called" }""");

        Assert.Equal((200, "closed"), (status, (string?)closed["state"]));
        var (_, audit) = await _node.AdminAsync("audit");
        var entry = audit["items"]![0]!;
        Assert.Equal(
            ("alice", "asked to cancel it", "the merchant has called", waits),
            ((string?)entry["by"], (string?)entry["what"], (string?)entry["reason"], (string?)entry["payment"]));
    }

    private async Task<string> SentAsync(string orderNo)
    {
        var (_, payment) = await _node.PayAsync(orderNo, "withhold", wait: 0);
        await WholeNode.EventuallyAsync(async () => (await _node.OrdersAsync()).Length > 0);
        return (string)payment["id"]!;
    }

    private async Task<string> WaitsAsync(string orderNo)
    {
        var (_, payment) = await _node.PayAsync(orderNo, "withhold", wait: 0);
        await WholeNode.EventuallyAsync(async () => (string?)(await _node.PaymentAsync(orderNo))["state"] == "accepted");
        return (string)payment["id"]!;
    }
}
