using Microsoft.Data.Sqlite;

namespace RouterCluster.Cluster.Tests.Storage;

/// <summary>SQLite's one write lock, as a backup or an operator's tool may hold it: readers go on, writers wait.</summary>
internal sealed class FileLock : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    private FileLock(SqliteConnection connection) => _connection = connection;

    public static async Task<IAsyncDisposable> TakeAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return new FileLock(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
