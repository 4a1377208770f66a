using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Routing;

public sealed class When_a_channel_says_until_when_it_is_closed(ITestOutputHelper output)
{
    private const int ClosedForS = 20;
    private const int Payments = 40;

    private static readonly string[] Channels = ["alpha", "bravo"];

    [Fact]
    public async Task It_gets_no_payment_until_then_also_from_a_node_that_was_killed()
    {
        await using var psp = await Psp.StartAsync(Channels);
        await using var node = new Node(NodePlan.WithChannels(psp, Channels)
            .Set("router.policies.alpha-first { kind = priority, tolerance = 1, channels = [alpha, bravo] }")
            .Set("router.merchants.shop.routing.\"*\".policy = alpha-first"));
        await node.StartAsync();
        await psp.SetAsync("alpha", new { mode = "maintenance", retry_after_s = ClosedForS });
        await Until.TrueAsync(
            async () => await PayAsync(node) is not null && await ClosedUntilAsync(node) is not null,
            TimeSpan.FromSeconds(60),
            "the channel has been met and believed");
        var until = Assert.IsType<DateTimeOffset>(await ClosedUntilAsync(node));

        // What it would do now is nobody's business before the time is over.
        await psp.SetAsync("alpha", new { mode = "ok" });
        await psp.ForgetCallsAsync("alpha");
        var paid = new List<SeenPayment>();
        for (var payment = 0; payment < Payments; payment++)
        {
            await PayUntilAsync(until, node, paid);
        }

        var reasons = await node.ExclusionsAsync(paid[0].Id);
        await node.KillAsync();
        await node.StartAsync();
        await PayUntilAsync(until, node, paid);
        output.WriteLine($"closed until {until:O}; excluded: {string.Join(", ", reasons)}");

        await Until.TrueAsync(
            async () => await PayAsync(node) is { Channel: "alpha" }, TimeSpan.FromSeconds(ClosedForS + 60), "it is back");
        var calls = (await psp.LogAsync("alpha")).Calls;
        node.WriteLog(output);
        Assert.All(paid, payment => Assert.Equal(("succeeded", "bravo"), (payment.State, payment.Channel)));
        Assert.Contains(("alpha", "maintenance"), reasons);
        Assert.All(calls, call => Assert.True(call.At >= until - TimeSpan.FromSeconds(1), $"Met at {call.At:O}."));
        Assert.Null(await ClosedUntilAsync(node));
    }

    /// <summary>What a slow machine pays later may have met the channel again.</summary>
    private static async Task PayUntilAsync(DateTimeOffset until, Node node, List<SeenPayment> paid)
    {
        if (await PayAsync(node) is { } payment && DateTimeOffset.UtcNow < until)
        {
            paid.Add(payment);
        }
    }

    private static async Task<DateTimeOffset?> ClosedUntilAsync(Node node) => (await node.ChannelAsync("alpha")).MaintenanceUntil;

    private static async Task<SeenPayment?> PayAsync(Node node) => (await node.Shop.PayAsync($"M-{Guid.NewGuid():N}")).Payment;
}
