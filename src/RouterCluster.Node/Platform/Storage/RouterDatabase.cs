using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The database of everything except journals. On SQLite writes take turns. All work leaves the calling thread, which may
/// be an actor's, because SQLite's driver syncs the disk on it.
/// </summary>
public sealed class RouterDatabase : IAsyncDisposable
{
    private readonly DbDataSource _source;
    private readonly SemaphoreSlim? _writer;

    private RouterDatabase(SqlDialect dialect, DbDataSource source)
    {
        Dialect = dialect;
        _source = source;
        _writer = dialect.HasOneWriter ? new SemaphoreSlim(1) : null;
    }

    internal SqlDialect Dialect { get; }

    public static RouterDatabase Open(StorageAddress address)
    {
        var dialect = SqlDialect.For(address.Provider);
        return new RouterDatabase(dialect, dialect.Open(address));
    }

    /// <summary>Runs the work in one transaction; an exception rolls it back.</summary>
    public async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (_writer is not null)
        {
            await _writer.WaitAsync(cancellation);
        }

        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation);
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

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        return await work(connection);
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string statement, Func<DbDataReader, T> read, CancellationToken cancellation,
        params (string Name, object Value)[] parameters) =>
        ReadAsync(connection => connection.QueryAsync(statement, read, cancellation, parameters), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _writer?.Dispose();
    }
}
