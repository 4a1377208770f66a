using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

[Collection(PostgresCollection.Name)]
public sealed class When_postgresql_is_killed_under_load(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly int Kills = LongRun.Or(full: 10, normal: 1);

    [Fact]
    public async Task The_node_stays_up_and_everything_is_found_out()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("killed_storage");
        await using var scene = await CrashScene.StartAsync(output, plan => plan.OnPostgres(storage));
        var load = scene.StartLoad();
        for (var kill = 1; kill <= Kills; kill++)
        {
            await load.GrowsByAsync(20);
            await postgres.Server.KillHardAsync();
            var whileGone = await scene.Node.Shop.PayAsync($"GONE-{kill}");
            await postgres.Server.RestartAsync();
            Assert.Equal((409, "in_progress"), (whileGone.Status, whileGone.Code));
            Assert.NotNull(whileGone.RetryAfter);
        }

        await load.GrowsByAsync(20);
        for (var kill = 1; kill <= Kills; kill++)
        {
            load.Statement.Asked($"GONE-{kill}");
            load.Statement.Told($"GONE-{kill}", await scene.AskUntilAnsweredAsync($"GONE-{kill}"));
        }

        Assert.False(scene.Node.Process.HasExited);
        await scene.EndsInTruthAsync(await load.StopAsync());
    }
}
