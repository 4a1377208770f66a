using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

/// <summary>Where the only channel says for how long it takes nothing, merchants are told so.</summary>
public sealed class OnlyChannelTests
{
    [Theory]
    [InlineData("throttle")]
    [InlineData("maintenance")]
    public async Task Merchants_are_told_when_the_only_channel_takes_payments_again(string mode)
    {
        await using var node = await WholeNode.StartAsync($$"""{ "mode": "{{mode}}", "retry_after_s": 60 }""");

        var (status, code, after) = await node.RefusalAsync();

        Assert.Equal((503, "no_channel"), (status, code));
        Assert.InRange(after!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
    }
}
