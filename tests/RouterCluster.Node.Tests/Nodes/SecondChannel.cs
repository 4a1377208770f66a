using System.Text.Json.Nodes;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>A whole node with a second channel, bravo, that takes what alpha is kept from.</summary>
internal static class SecondChannel
{
    public static async Task<WholeNode> StartAsync(string control)
    {
        var node = await WholeNode.StartAsync(control, "", "bravo");
        await node.SetAsync("bravo", control);
        Assert.Equal(200, (await node.ConfigureAsync($$"""
            router.channels.bravo {
              base-url = "http://127.0.0.1:{{node.Psp.Port}}/bravo", merchant-id = M1, secret = sim-secret
              products = [withhold, payout], submit.timeout = 1s
            }
            """)).Status);
        return node;
    }

    /// <summary>Waits until a payment goes to bravo and shows that those after it do; gives the first one.</summary>
    public static async Task<JsonNode> TakesAllAsync(WholeNode node)
    {
        JsonNode? payment = null;
        var number = 0;
        await WholeNode.EventuallyAsync(async () =>
        {
            (_, payment) = await node.PayAsync($"B-{number++}", "withhold", wait: 5);
            return (string?)payment["channel"] == "bravo";
        });
        for (; number < 10; number++)
        {
            Assert.Equal("bravo", (string?)(await node.PayAsync($"B-{number}", "withhold", wait: 5)).Json["channel"]);
        }

        return payment!;
    }
}
