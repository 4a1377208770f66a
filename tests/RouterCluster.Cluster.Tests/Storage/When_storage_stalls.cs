using Npgsql;
using RouterCluster.Cluster.Tests.Crashes;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Storage;

[Collection(PostgresCollection.Name)]
public sealed class When_storage_stalls(PostgresFixture postgres, ITestOutputHelper output)
{
    private const string Unclear = "UNCLEAR-1";

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortStall = LongRun.Or(full: Stall, normal: TimeSpan.FromSeconds(4));

    [Fact]
    public async Task A_locked_journal_of_postgresql_gives_409_and_the_same_number_the_one_payment_later()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("locked_journal");
        await using var scene = await CrashScene.StartAsync(output, plan => plan.OnPostgres(storage));
        await StallAsync(scene, Stall, async () =>
        {
            var connection = new NpgsqlConnection($"{storage};Pooling=false");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "BEGIN; LOCK TABLE books_journal IN ACCESS EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync();
            return connection;
        });
    }

    [Fact]
    public async Task Stopped_processes_of_postgresql_give_409_and_the_same_number_the_one_payment_later()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("stopped_backends");
        await using var scene = await CrashScene.StartAsync(output, plan => plan.OnPostgres(storage));
        await StallAsync(scene, ShortStall, () => StoppedBackends.StopAsync(storage));
    }

    [Fact]
    public async Task A_locked_file_of_sqlite_gives_409_and_the_same_number_the_one_payment_later()
    {
        await using var scene = await CrashScene.StartAsync(output);
        await StallAsync(scene, ShortStall, () => FileLock.TakeAsync(Path.Combine(scene.Node.Data, "books.db")));
    }

    /// <param name="stop">Writes wait from its end on, until what it gives is disposed of.</param>
    private static async Task StallAsync(CrashScene scene, TimeSpan time, Func<Task<IAsyncDisposable>> stop)
    {
        var load = scene.StartLoad();
        await load.GrowsByAsync(20);
        Reply unclear;
        await using (await stop())
        {
            var pause = Task.Delay(time);
            unclear = await scene.Node.Shop.PayAsync(Unclear);
            await pause;
        }

        Assert.Equal((409, "in_progress"), (unclear.Status, unclear.Code));
        Assert.NotNull(unclear.RetryAfter);
        load.Statement.Asked(Unclear);
        load.Statement.Told(Unclear, await scene.AskUntilAnsweredAsync(Unclear));
        await load.GrowsByAsync(20);
        await scene.EndsInTruthAsync(await load.StopAsync());
    }
}
