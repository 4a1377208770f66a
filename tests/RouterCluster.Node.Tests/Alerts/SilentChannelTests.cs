using System.Diagnostics;
using Xunit.Abstractions;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class SilentChannelTests(ITestOutputHelper output)
{
    /// <summary>One payment is too little for a rate, a breaker and the router's own conclusion.</summary>
    [Fact]
    public async Task A_channel_that_dies_with_its_only_payment_pages()
    {
        await using var node = await AlertingNode.StartAsync();
        await node.ControlAsync("alpha", """{ "mode": "refuse" }""");
        await node.ControlAsync("bravo", """{ "mode": "refuse" }""");
        await node.PayAsync();
        var since = Stopwatch.StartNew();

        await AlertingNode.UntilAsync(async () =>
            (await node.Alertmanager.FiringAsync()).Any(alert => alert.Rule == "channel_outage"));

        output.WriteLine($"channel_outage, from the payment to Alertmanager: {since.Elapsed.TotalSeconds:F1} s");
        Assert.Single(await node.AlertsAsync("active"), alert => alert.Rule == "channel_outage");
    }
}
