using Npgsql;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

/// <summary>Of nodes that work alone, one at a time works on a database; nodes of a cluster share it.</summary>
[Collection(PostgresCollection.Name)]
public sealed class NodeLeaseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    /// <summary>Where no test waits for the end: a busy machine does not end it either.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private string _connection = "";
    private RouterDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _connection = await postgres.Server.CreateDatabaseAsync($"lease_{Guid.NewGuid():n}");
        _database = RouterDatabase.Open(new StorageAddress(StorageProvider.PostgreSql, _connection, Path.GetTempPath()));
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_second_node_is_refused_by_a_line_that_names_the_living_first()
    {
        var first = await Claim("node one, process 1, http://one");
        using var stop = new CancellationTokenSource();
        var renewing = KeepAsync(first, stop.Token);

        var refused = await Assert.ThrowsAsync<StorageOwnedException>(() => Claim("node two"));

        Assert.Contains("node one, process 1, http://one", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.True(first.MaySend);
        await stop.CancelAsync();
        await renewing;
    }

    [Fact]
    public async Task After_a_kill_the_next_node_waits_as_long_as_the_row_lasts_and_the_first_one_never_sends_again()
    {
        var first = await Claim("one");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var second = await Claim("two");

        Assert.InRange(watch.Elapsed, Lasts, Long);
        Assert.True(second.MaySend);
        Assert.False(first.MaySend);
        Assert.Null(await first.RenewAsync(CancellationToken.None));
        Assert.True(first.IsLost);
        Assert.Equal("two", await first.FencedByAsync(CancellationToken.None));
        Assert.NotNull(await second.RenewAsync(CancellationToken.None));
    }

    /// <summary>A process that stands still in the middle of a transaction keeps its locks: the database waits for it.</summary>
    [Fact]
    public async Task What_a_node_that_stands_still_has_locked_is_free_for_the_next_one()
    {
        const string Incarnation = "stands-still";
        var address = new StorageAddress(StorageProvider.PostgreSql, _connection, Path.GetTempPath()).As(Incarnation);
        await using var first = RouterDatabase.Open(address);
        var terms = new LeaseTerms("one", Lasts) { Incarnation = Incarnation };
        await NodeLease.ClaimAsync(first, terms, TimeProvider.System, CancellationToken.None);
        await using var stuck = new NpgsqlConnection(address.ConnectionString);
        await stuck.OpenAsync();
        await using var transaction = await stuck.BeginTransactionAsync();
        await using var locks = new NpgsqlCommand("lock table node_lease in row exclusive mode", stuck, transaction);
        await locks.ExecuteNonQueryAsync();
        locks.CommandText = "update node_lease set beat = beat";
        await locks.ExecuteNonQueryAsync();

        var second = await Claim("two").WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(second.MaySend);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => locks.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task After_an_orderly_stop_nobody_waits()
    {
        var first = await Claim("one", lasts: Long);
        await first.ReleaseAsync(CancellationToken.None);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Claim("two", lasts: Long);

        Assert.False(first.MaySend);
        Assert.True(watch.Elapsed < Long / 2, $"waited {watch.Elapsed}");
    }

    [Fact]
    public async Task A_row_that_is_not_renewed_in_time_permits_nothing_until_it_is_renewed()
    {
        var lease = await Claim("one");
        await Task.Delay(Lasts);
        Assert.False(lease.MaySend);

        Assert.NotNull(await lease.RenewAsync(CancellationToken.None));

        Assert.True(lease.MaySend);
    }

    [Theory]
    [InlineData("update node_lease set beat = beat - 1")]
    [InlineData("delete from node_lease")]
    public async Task A_restored_database_ends_the_lease(string restored)
    {
        var lease = await Claim("one", lasts: Long);
        await lease.RenewAsync(CancellationToken.None);
        await using (var connection = new NpgsqlConnection(_connection))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(restored, connection);
            await command.ExecuteNonQueryAsync();
        }

        Assert.Null(await lease.RenewAsync(CancellationToken.None));
        Assert.False(lease.MaySend);
    }

    [Fact]
    public async Task Of_nodes_that_start_at_once_one_gets_the_database()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(async no =>
        {
            try
            {
                var lease = await Claim($"node {no}");
                await lease.RenewAsync(CancellationToken.None);
                _ = KeepAsync(lease, new CancellationTokenSource(Lasts * 5).Token);
                return lease;
            }
            catch (StorageOwnedException)
            {
                return null;
            }
        }));

        // On a machine that is out of breath the first one may be late with its renewal, and lose the database to another.
        Assert.Single(claims, lease => lease is { IsLost: false });
    }

    [Fact]
    public async Task Nodes_of_a_cluster_share_the_database_and_see_each_other()
    {
        var first = await Claim("one", "akka.tcp://router@one:1", Long);
        var second = await Claim("two", "akka.tcp://router@two:1", Long);

        var rows = await first.RenewAsync(CancellationToken.None);

        Assert.Equal(["one", "two"], rows!.Select(row => row.Owner));
        Assert.Equal([1, 2], rows!.Select(row => row.Epoch));
        Assert.True(second.MaySend);
    }

    [Fact]
    public async Task A_node_of_a_cluster_is_refused_beside_one_that_works_alone()
    {
        using var stop = new CancellationTokenSource();
        var renewing = KeepAsync(await Claim("alone"), stop.Token);

        await Assert.ThrowsAsync<StorageOwnedException>(() => Claim("two", "akka.tcp://router@two:1"));

        await stop.CancelAsync();
        await renewing;
    }

    [Fact]
    public async Task A_row_that_was_renewed_meanwhile_is_not_fenced()
    {
        var first = await Claim("one", "akka.tcp://router@one:1", Long);
        var second = await Claim("two", "akka.tcp://router@two:1", Long);
        var seen = (await second.RenewAsync(CancellationToken.None))!.Single(row => row.Owner == "one");
        await first.RenewAsync(CancellationToken.None);

        Assert.False(await second.FenceAsync(seen, CancellationToken.None));
        Assert.NotNull(await first.RenewAsync(CancellationToken.None));

        seen = (await second.RenewAsync(CancellationToken.None))!.Single(row => row.Owner == "one");
        Assert.True(await second.FenceAsync(seen, CancellationToken.None));
        Assert.Null(await first.RenewAsync(CancellationToken.None));
    }

    private static async Task KeepAsync(NodeLease lease, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(lease.RenewEvery);
        while (!stop.IsCancellationRequested)
        {
            await lease.RenewAsync(CancellationToken.None);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private Task<NodeLease> Claim(string owner, string address = "", TimeSpan? lasts = null) => NodeLease.ClaimAsync(
        _database, new LeaseTerms(owner, lasts ?? Lasts) { Address = address }, TimeProvider.System, CancellationToken.None);
}
