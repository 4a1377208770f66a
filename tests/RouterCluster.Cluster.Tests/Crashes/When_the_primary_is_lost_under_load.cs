using System.Diagnostics;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

/// <summary>Servers of its own: the one that is killed does not come back.</summary>
public sealed class When_the_primary_is_lost_under_load(ITestOutputHelper output)
{
    private static readonly int Before = LongRun.Or(full: 2000, normal: 40);
    private static readonly int After = LongRun.Or(full: 2000, normal: 20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_promoted_standby_has_everything_and_the_node_goes_on_there()
    {
        await using var primary = await PostgresServer.StartAsync();
        await primary.CreateDatabaseAsync("router");
        await using var standby = await primary.StartStandbyAsync();
        var both = $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=postgres;Database=router";
        await using var scene = await CrashScene.StartAsync(output, plan => plan.OnPostgres(both));
        var load = scene.StartLoad();
        await load.GrowsByAsync(Before);

        await primary.KillHardAsync();
        var whileGone = await scene.Node.Shop.PayAsync("GONE");
        Assert.Equal((409, "in_progress"), (whileGone.Status, whileGone.Code));
        await standby.PromoteAsync();
        var watch = Stopwatch.StartNew();
        await Until.TrueAsync(scene.Node.IsReadyAsync, Limit, "the node is ready again");
        var ready = watch.Elapsed;
        await load.GrowsByAsync(After);

        output.WriteLine($"ready {ready.TotalSeconds:0.0} s, and {After} more after {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(ready < TimeSpan.FromSeconds(20), $"ready only after {ready}");
        load.Statement.Asked("GONE");
        load.Statement.Told("GONE", await scene.AskUntilAnsweredAsync("GONE"));
        await scene.EndsInTruthAsync(await load.StopAsync());
    }
}
