using Microsoft.Data.Sqlite;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

/// <summary>An empty storage for one test: files in a temporary folder, or a new database.</summary>
public sealed class TestStorage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("router-storage-").FullName;

    private TestStorage(string? connectionString) => Address = connectionString is null
        ? new StorageAddress(StorageProvider.Sqlite, null, _folder)
        : new StorageAddress(StorageProvider.PostgreSql, connectionString, _folder);

    public StorageAddress Address { get; }

    public static Task<TestStorage> OnSqlite() => Task.FromResult(new TestStorage(null));

    public static async Task<TestStorage> OnPostgreSql(PostgresFixture postgres) =>
        new(await postgres.Server.CreateDatabaseAsync($"test_{Guid.NewGuid():n}"));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
