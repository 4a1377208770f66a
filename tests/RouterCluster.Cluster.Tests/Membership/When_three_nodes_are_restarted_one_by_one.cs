using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Membership;

[Collection(PostgresCollection.Name)]
public sealed class When_three_nodes_are_restarted_one_by_one(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <summary>For hopeless cases; the figures are in the output.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(90);

    /// <summary>The first node is the oldest member, and has what runs once in the cluster.</summary>
    [Fact]
    public async Task No_payment_is_lost_doubled_or_failed_and_every_channel_soon_serves_again()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("rolling");
        await using var scene = await RollingScene.StartAsync(storage, output);
        scene.StartLoad();
        await scene.EveryChannelServesAsync();
        foreach (var node in scene.Nodes.Nodes.Take(LongRun.Or(full: 3, normal: 1)))
        {
            var stopped = scene.Watch.Elapsed;
            node.Process.Send(Signal.Terminate);
            Assert.Equal(0, await node.Process.ExitAsync(StopLimit));
            var exited = scene.Watch.Elapsed;
            node.Launch();
            await scene.AllReadyAsync();
            await scene.EveryChannelServesAsync();

            var silences = scene.LongestSilences(stopped);
            output.WriteLine(
                $"exits after {(exited - stopped).TotalSeconds:0.0} s; until all three serve again, nothing is served by "
                + string.Join(", ", silences.Select(one => $"{one.Key} for {one.Value.TotalSeconds:0.0} s")));
            Assert.All(silences.Values, time => Assert.InRange(time, TimeSpan.Zero, SilenceLimit));
        }

        var verdict = await scene.JudgeAsync();
        output.WriteLine($"answers: {scene.Statement}");
        output.WriteLine($"payments that any channel may take: {scene.Refusals}");
        output.WriteLine($"{verdict}");
        verdict.IsTruthful();
        Assert.Equal((0, 0), (verdict.Failed, verdict.Suspended));
        Assert.Equal(0, scene.Statement.Unexpected);
        Assert.Equal(scene.Statement.All.Order(), scene.Statement.Acknowledged.Order());
        Assert.InRange(scene.Refusals.Refused, 0, scene.Refusals.Asked / 4);
    }
}
