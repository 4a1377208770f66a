using System.Globalization;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

/// <summary>A node on its own, on SQLite; a cluster on PostgreSQL is in Chaos.</summary>
public sealed class When_the_node_is_killed_under_load(ITestOutputHelper output)
{
    private static readonly int Kills = LongRun.Or(full: 50, normal: 5);

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_paid_twice()
    {
        var seed = Seed();
        output.WriteLine($"ROUTERCLUSTER_SEED={seed}");
        var random = new Random(seed);
        await using var scene = await CrashScene.StartAsync(output);
        var load = scene.StartLoad();
        for (var kill = 1; kill <= Kills; kill++)
        {
            var payments = random.Next(1, 100);
            await load.GrowsByAsync(payments);
            await Task.Delay(random.Next(0, 300));
            await scene.Node.KillAsync();
            var ready = await scene.Node.StartAsync();
            output.WriteLine($"kill {kill} after {payments} payments: ready again after {ready.TotalSeconds:0.00} s");
        }

        await scene.EndsInTruthAsync(await load.StopAsync());
    }

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("ROUTERCLUSTER_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
}
