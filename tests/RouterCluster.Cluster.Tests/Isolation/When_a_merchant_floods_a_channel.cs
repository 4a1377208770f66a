using System.Diagnostics;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Isolation;

public sealed class When_a_merchant_floods_a_channel(ITestOutputHelper output)
{
    private const int FloodClients = 200;
    private const int Payments = 20;

    [Fact]
    public async Task Another_merchants_payments_on_it_keep_their_turn()
    {
        await using var psp = await Psp.StartAsync("alpha");
        await psp.SetAsync("alpha", new { latency_ms = 50, latency_p99_ms = 60 });
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha")
            .Set("router.channels.alpha.submit { concurrency = 4, queue = 100, queue-deadline = 30s, timeout = 5s }"));
        await node.StartAsync();
        var flooding = new Times();
        var load = Load.Start("FLOOD", FloodClients, orderNo => flooding.MeasureAsync(() => node.Shop.PayAsync(orderNo)));
        await Until.TrueAsync(
            async () => (await node.ChannelAsync("alpha")).Submit.Queue > 50, TimeSpan.FromSeconds(60), "the queue fills up");

        var others = new Times();
        for (var payment = 0; payment < Payments; payment++)
        {
            var reply = await others.MeasureAsync(() => node.Other.PayAsync($"OTHER-{payment}"));
            Assert.Equal((201, "succeeded"), (reply.Status, reply.Payment?.State));
        }

        var statement = await load.StopAsync();
        node.WriteLog(output);
        output.WriteLine($"median: flooding {flooding.MedianMs:0} ms, the other {others.MedianMs:0} ms; flood: {statement}");
        Assert.Equal(0, statement.Unexpected);
        Assert.True(others.MedianMs < flooding.MedianMs / 2, "The other merchant waited behind the flood.");
    }

    /// <summary>How long the payments took that were made.</summary>
    private sealed class Times
    {
        private readonly List<double> _times = [];

        public double MedianMs
        {
            get
            {
                lock (_times)
                {
                    return _times.Order().ElementAt(_times.Count / 2);
                }
            }
        }

        public async Task<Reply> MeasureAsync(Func<Task<Reply>> pay)
        {
            var watch = Stopwatch.StartNew();
            var reply = await pay();
            if (reply.IsAcknowledged)
            {
                lock (_times)
                {
                    _times.Add(watch.Elapsed.TotalMilliseconds);
                }
            }

            return reply;
        }
    }
}
