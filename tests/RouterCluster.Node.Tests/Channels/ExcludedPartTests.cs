using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Channels;

/// <summary>A part of a channel is switched off on a running node.</summary>
public sealed class ExcludedPartTests
{
    private const string Well = """{ "mode": "ok", "success_rate": 1 }""";

    [Fact]
    public async Task A_payment_that_only_an_excluded_channel_could_take_is_refused_as_if_it_was_disabled()
    {
        await using var node = await WholeNode.StartAsync(Well);
        Assert.Equal(201, (await node.PayAsync("A-1", "payout", wait: 5)).Status);

        var (status, channel) = await node.ExcludeAsync("alpha", """{ "product": "payout", "reason": "it hangs" }""");
        Assert.Equal((200, 1), (status, (int)channel["exclusions"]![0]!["no"]!));

        // One node: its router hears of it with the answer.
        await WholeNode.EventuallyAsync(async () => (await node.PayAsync("A-2", "payout", wait: 5)).Status == 503);
        var (refused, problem) = await node.PayAsync("A-3", "payout", wait: 5);
        Assert.Equal((503, "no_channel"), (refused, (string?)problem["code"]));
        Assert.Equal(201, (await node.PayAsync("A-4", "withhold", wait: 5)).Status);

        await node.RestartAsync();
        Assert.Equal(503, (await node.PayAsync("A-5", "payout", wait: 5)).Status);
        Assert.Equal(2, (await node.OrdersAsync()).Length);

        Assert.Equal(200, (await node.IncludeAsync("alpha", 1)).Status);
        await WholeNode.EventuallyAsync(async () => (await node.PayAsync("A-6", "payout", wait: 5)).Status == 201);
        var audit = (await node.AdminAsync("audit")).Json["items"]!.AsArray();
        Assert.Equal(["included 1 again", "excluded 1 (product payout)"], audit.Select(row => (string?)row!["what"]));
    }

    [Fact]
    public async Task It_goes_to_another_channel_and_explain_names_the_exclusion()
    {
        await using var node = await SecondChannel.StartAsync(Well);
        await node.ExcludeAsync("alpha", """{ "bank": "ABC", "reason": "first" }""");
        await node.ExcludeAsync("alpha", """{ "merchant": "shop", "reason": "they get wrong answers there" }""");

        var payment = await SecondChannel.TakesAllAsync(node);
        var explained = (await node.AdminAsync($"payments/{payment["id"]}/explain")).Json["attempts"]![0]!["excluded"]![0]!;
        var expected = JsonNode.Parse("""{ "channel": "alpha", "reason": "excluded_by_operator", "exclusion": 2 }""");
        Assert.True(JsonNode.DeepEquals(expected, explained), explained.ToJsonString());
    }
}
