namespace RouterCluster.Cluster.Tests.Chaos;

internal static class StorageFaults
{
    public static readonly Fault[] All =
    [
        new("the database is killed, and started again", TimeSpan.FromSeconds(3), KillAsync),
        new("the database stands still for 8 s", TimeSpan.FromSeconds(8), StallAsync),
        new("the database stands still for 20 s", TimeSpan.FromSeconds(20), StallAsync) { IsForLongRuns = true },
    ];

    private static async Task<Func<Task>> KillAsync(ThreeNodes scene)
    {
        await scene.Postgres.KillHardAsync();
        return scene.Postgres.RestartAsync;
    }

    private static Task<Func<Task>> StallAsync(ThreeNodes scene)
    {
        var stall = scene.Postgres.Stall();
        return Task.FromResult(() =>
        {
            stall.Dispose();
            return Task.CompletedTask;
        });
    }
}
