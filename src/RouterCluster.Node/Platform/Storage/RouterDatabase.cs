using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The database of everything except journals. On SQLite writes take turns. All work leaves the calling thread, which may
/// be an actor's, because SQLite's driver syncs the disk on it.
/// </summary>
public sealed class RouterDatabase : IAsyncDisposable
{
    private readonly DbDataSource _writes;
    private readonly DbDataSource _reads;
    private readonly SemaphoreSlim? _writer;

    private RouterDatabase(SqlDialect dialect, DbDataSource writes, DbDataSource reads, RouterDatabase? leases)
    {
        Dialect = dialect;
        (_writes, _reads) = (writes, reads);
        _writer = dialect.HasOneWriter ? new SemaphoreSlim(1) : null;
        ForLeases = leases ?? this;
    }

    /// <summary>
    /// The same database with connections that nobody else can use up. On SQLite, where nobody else renews a row, it is this one.
    /// </summary>
    public RouterDatabase ForLeases { get; }

    internal SqlDialect Dialect { get; }

    public static RouterDatabase Open(StorageAddress address)
    {
        var dialect = SqlDialect.For(address.Provider);
        return new RouterDatabase(
            dialect, dialect.Open(address, StoragePurpose.Writes), dialect.Open(address, StoragePurpose.Reads),
            LeasesOf(address));
    }

    /// <summary>
    /// Runs the work in one transaction; an exception rolls it back. The work is statements and nothing else: it waits for no
    /// channel, node or merchant, and takes no second connection.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (_writer is not null)
        {
            await _writer.WaitAsync(cancellation);
        }

        try
        {
            await using var connection = await _writes.OpenConnectionAsync(cancellation);
            await Dialect.PrepareToWriteAsync(connection, cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var result = await work(connection);
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            _writer?.Release();
        }
    }

    /// <summary>Creates tables that are missing, while no other node does.</summary>
    internal Task CreateAsync(ChangeSchema create, CancellationToken cancellation) => WriteAsync(
        async connection =>
        {
            await Dialect.LockSchemaAsync(connection, cancellation);
            await create(connection, Dialect, cancellation);
            return true;
        },
        cancellation);

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using var connection = await _reads.OpenConnectionAsync(cancellation);
        return await work(connection);
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string statement, Func<DbDataReader, T> read, CancellationToken cancellation,
        params (string Name, object Value)[] parameters) =>
        ReadAsync(connection => connection.QueryAsync(statement, read, cancellation, parameters), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await _reads.DisposeAsync();
        _writer?.Dispose();
        if (ForLeases != this)
        {
            await ForLeases.DisposeAsync();
        }
    }

    private static RouterDatabase? LeasesOf(StorageAddress address)
    {
        var dialect = SqlDialect.For(address.Provider);
        if (dialect.HasOneWriter)
        {
            return null;
        }

        var source = dialect.Open(address, StoragePurpose.Leases);
        return new RouterDatabase(dialect, source, source, leases: null);
    }
}
