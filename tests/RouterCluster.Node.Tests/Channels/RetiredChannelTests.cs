using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Channels;

/// <summary>A channel that leaves: nothing new, and what it was sent before is found out about.</summary>
public sealed class RetiredChannelTests
{
    [Fact]
    public async Task A_retired_channel_is_shown_takes_nothing_and_cannot_be_enabled()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "mode": "ok", "success_rate": 1 }""", "router.channels.alpha.retired = on");

        var (_, channel) = await node.AdminAsync("channels/alpha");
        Assert.Equal("retired", (string?)channel["lifecycle"]);
        Assert.False((bool)channel["enabled"]!);

        var (status, refused) = await node.PayAsync("A-1", "withhold", wait: 1);
        Assert.Equal((422, "no_route"), (status, (string?)refused["code"]));
    }
}
