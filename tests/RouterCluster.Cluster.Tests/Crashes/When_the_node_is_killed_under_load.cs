using System.Globalization;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

[Collection(PostgresCollection.Name)]
public sealed class When_the_node_is_killed_under_load(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly int Kills = LongRun.Or(full: 50, normal: 5);

    [Fact]
    public Task On_sqlite_nothing_is_lost_and_nothing_is_paid_twice() => KillAgainAndAgainAsync(plan => plan);

    [Fact]
    public async Task On_postgresql_nothing_is_lost_and_nothing_is_paid_twice()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("killed_nodes");
        await KillAgainAndAgainAsync(plan => plan.OnPostgres(storage));
    }

    private async Task KillAgainAndAgainAsync(Func<NodePlan, NodePlan> storage)
    {
        var seed = Seed();
        output.WriteLine($"ROUTERCLUSTER_SEED={seed}");
        var random = new Random(seed);
        await using var scene = await CrashScene.StartAsync(output, storage);
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
