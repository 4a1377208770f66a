using Npgsql;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

[Collection(PostgresCollection.Name)]
public sealed class StorageConnectionsTests(PostgresFixture postgres)
{
    private const string Incarnation = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Each_purpose_has_a_pool_of_its_own_and_the_database_counts_them()
    {
        using var storage = await TestStorage.OnPostgreSql(postgres);
        var address = (storage.Address with { Connections = new StorageConnections(1, Writes: 2, Reads: 3, Leases: 1) })
            .As(Incarnation);
        await using var database = RouterDatabase.Open(address);
        var one = Enumerable.Range(0, 6).ToArray();

        await Task.WhenAll(one.Select(_ => database.WriteAsync(SleepAsync, CancellationToken.None)));
        await Task.WhenAll(one.Select(_ => database.ReadAsync(SleepAsync, CancellationToken.None)));
        await Task.WhenAll(one.Select(_ => database.ForLeases.ReadAsync(SleepAsync, CancellationToken.None)));

        var connections = new OpenConnections(database, address);
        var open = await connections.CountAsync(CancellationToken.None);
        Assert.Equal(
            [(StoragePurpose.Writes, 2), (StoragePurpose.Reads, 3), (StoragePurpose.Leases, 1)],
            open.OrderBy(count => count.Key.Purpose).Select(count => (count.Key.Purpose, count.Value)));
        Assert.All(open.Keys, session => Assert.Equal(Incarnation, session.Incarnation));
        Assert.Equal(8, connections.Limit);

        static Task<int> SleepAsync(System.Data.Common.DbConnection connection) =>
            connection.ExecuteAsync("select pg_sleep(0.1)", CancellationToken.None);
    }

    [Fact]
    public async Task Whoever_renews_the_nodes_row_waits_for_nobody_else()
    {
        using var storage = await TestStorage.OnPostgreSql(postgres);
        await using var database = RouterDatabase.Open(
            storage.Address with { Connections = new StorageConnections(1, 1, 1, 1) });
        var taken = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var busy = database.WriteAsync(
            async _ =>
            {
                taken.SetResult();
                await release.Task;
                return 0;
            },
            CancellationToken.None);
        await taken.Task;
        var waiting = database.WriteAsync(connection => Task.FromResult(connection), CancellationToken.None);

        await database.ForLeases.WriteAsync(_ => Task.FromResult(0), CancellationToken.None);

        Assert.False(waiting.IsCompleted);
        release.SetResult();
        await Task.WhenAll(busy, waiting);
    }

    [Fact]
    public void Several_hosts_mean_the_one_that_is_the_primary_unless_the_setting_says_otherwise()
    {
        var both = Of("Host=one,two;Database=router");
        Assert.Equal(("primary", 1), (both.TargetSessionAttributes, both.HostRecheckSeconds));

        var own = Of("Host=one,two;Target Session Attributes=read-write;Host Recheck Seconds=5");
        Assert.Equal(("read-write", 5), (own.TargetSessionAttributes, own.HostRecheckSeconds));

        Assert.Null(Of("Host=one").TargetSessionAttributes);
    }

    private static NpgsqlConnectionStringBuilder Of(string connectionString) => new(
        new StorageAddress(StorageProvider.PostgreSql, connectionString, "/nowhere").ConnectionFor(StoragePurpose.Reads));
}
