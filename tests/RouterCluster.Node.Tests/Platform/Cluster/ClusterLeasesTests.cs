using Npgsql;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Cluster;

/// <summary>A lease is its holder's for as long as the holder's node row lives.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ClusterLeasesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Name = "shard 1";
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private RouterDatabase _database = null!;
    private string _storage = "";

    public async Task InitializeAsync()
    {
        _storage = await postgres.Server.CreateDatabaseAsync($"cluster_lease_{Guid.NewGuid():n}");
        _database = RouterDatabase.Open(new StorageAddress(StorageProvider.PostgreSql, _storage, Path.GetTempPath()));
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_living_holder_keeps_it_and_whoever_does_not_wait_learns_so_at_its_next_renewal()
    {
        var (one, oneLives) = await NodeAsync("one");
        var (two, _) = await NodeAsync("two");
        Assert.True(await one.AcquireAsync(Name, waits: true, Limit));
        Assert.True(await one.AcquireAsync(Name, waits: true, Limit));

        var refused = two.AcquireAsync(Name, waits: false, TimeSpan.FromMinutes(1));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await oneLives.RenewAsync(CancellationToken.None);

        Assert.False(await refused.WaitAsync(Limit));
    }

    [Fact]
    public async Task Whoever_waits_gets_it_when_it_is_released()
    {
        var (one, _) = await NodeAsync("one");
        var (two, _) = await NodeAsync("two");
        await one.AcquireAsync(Name, waits: true, Limit);
        var waiting = two.AcquireAsync(Name, waits: true, Limit);

        await one.ReleaseAsync(Name);

        Assert.True(await waiting);
        Assert.False(await one.AcquireAsync(Name, waits: true, TimeSpan.Zero));
    }

    /// <summary>Else nobody could take the shard before the node that had it ends.</summary>
    [Fact]
    public async Task A_release_that_the_database_did_not_take_is_made_up_for_when_it_answers()
    {
        var (one, _) = await NodeAsync("one");
        var (two, _) = await NodeAsync("two");
        await one.AcquireAsync(Name, waits: true, Limit);
        await using (await LockAsync())
        {
            Assert.False(await one.ReleaseAsync(Name));
        }

        Assert.True(await two.AcquireAsync(Name, waits: true, Limit));
    }

    [Fact]
    public async Task Whoever_wants_it_back_keeps_it_whatever_becomes_of_the_release()
    {
        var (one, _) = await NodeAsync("one");
        var (two, _) = await NodeAsync("two");
        await one.AcquireAsync(Name, waits: true, Limit);
        Task<bool> again;
        await using (await LockAsync())
        {
            Assert.False(await one.ReleaseAsync(Name));
            again = one.AcquireAsync(Name, waits: true, TimeSpan.FromMinutes(1));
        }

        Assert.True(await again);
        Assert.False(await two.AcquireAsync(Name, waits: true, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task The_lease_of_a_node_that_has_released_its_row_is_free()
    {
        var (one, oneLives) = await NodeAsync("one");
        var (two, _) = await NodeAsync("two");
        await one.AcquireAsync(Name, waits: true, Limit);
        await oneLives.ReleaseAsync(CancellationToken.None);

        Assert.True(await two.AcquireAsync(Name, waits: false, Limit));
    }

    [Fact]
    public async Task A_node_that_has_been_fenced_takes_nothing_any_more()
    {
        var (one, _) = await NodeAsync("one");
        var (_, twoLives) = await NodeAsync("two");
        var row = (await twoLives.RenewAsync(CancellationToken.None))!.Single(row => row.Owner == "one");
        Assert.True(await twoLives.FenceAsync(row, CancellationToken.None));

        Assert.False(await one.AcquireAsync(Name, waits: false, TimeSpan.Zero));
    }

    /// <summary>Its row may have been pruned while its lease is still there.</summary>
    [Fact]
    public async Task The_lease_of_an_incarnation_that_is_known_to_be_silent_is_free()
    {
        var (one, _) = await NodeAsync("one");
        await one.AcquireAsync(Name, waits: true, Limit);
        var two = await ClaimAsync("two");
        var silent = new Nodes(two, TimeSpan.Zero);
        var leases = await ClusterLeases.OpenAsync(
            _database, silent, TimeProvider.System, CancellationToken.None, CancellationToken.None);

        Assert.True(await leases.AcquireAsync(Name, waits: false, Limit));
    }

    /// <summary>Until it is disposed of, the lease's row can be neither deleted nor changed.</summary>
    private async Task<NpgsqlConnection> LockAsync()
    {
        var connection = new NpgsqlConnection($"{_storage};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "begin; select * from cluster_lease for update";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<(ClusterLeases Leases, NodeLease Lease)> NodeAsync(string owner)
    {
        var lease = await ClaimAsync(owner);
        var leases = await ClusterLeases.OpenAsync(
            _database, new Nodes(lease, null), TimeProvider.System, CancellationToken.None, CancellationToken.None);
        return (leases, lease);
    }

    private Task<NodeLease> ClaimAsync(string owner) => NodeLease.ClaimAsync(
        _database, new LeaseTerms(owner, Lasts) { Address = $"akka.tcp://router@{owner}:1" }, TimeProvider.System,
        CancellationToken.None);

    private sealed class Nodes(NodeLease lease, TimeSpan? silent) : INodeLeases
    {
        public string Incarnation => lease.Terms.Incarnation;

        public TimeSpan Lasts => lease.Terms.Lasts;

        public bool MaySend => lease.MaySend;

        public TimeSpan? SilentFor(string incarnation) => silent;
    }
}
