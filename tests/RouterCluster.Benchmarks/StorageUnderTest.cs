using Npgsql;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks;

/// <summary>A storage that makes empty databases in a temporary folder, on the disk that both kinds share.</summary>
/// <param name="Processes">Those of the database, where it is not part of the process that uses it.</param>
internal sealed record StorageUnderTest(
    string Name, Func<string, Task<StorageAddress>> NewAsync, IReadOnlyList<Watched> Processes)
{
    /// <summary>Each storage in turn, started before and gone after its work.</summary>
    public static async Task ForEachAsync(BenchmarkOptions options, Func<StorageUnderTest, Task> work)
    {
        var folder = Directory.CreateTempSubdirectory("routercluster-benchmark-").FullName;
        try
        {
            if (options.Storages.Contains(BenchmarkOptions.Sqlite))
            {
                await work(new StorageUnderTest(
                    "SQLite",
                    name => Task.FromResult(new StorageAddress(StorageProvider.Sqlite, null, Folder(folder, name))),
                    []));
            }

            if (options.Storages.Contains(BenchmarkOptions.PostgreSql))
            {
                await using var server = await PostgresServer.StartAsync();
                await work(new StorageUnderTest(
                    "PostgreSQL",
                    async name =>
                    {
                        // The server has a hundred connections, and those of the run before would lie in their pool.
                        NpgsqlConnection.ClearAllPools();
                        return new StorageAddress(
                            StorageProvider.PostgreSql,
                            await server.CreateDatabaseAsync($"{name}_{Guid.NewGuid():n}"), Folder(folder, name));
                    },
                    [new Watched("PostgreSQL", await ProcessOfAsync(server))]));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Folder(string parent, string name) =>
        Directory.CreateDirectory(Path.Combine(parent, $"{name}-{Guid.NewGuid():n}")).FullName;

    /// <summary>The parent of all that serve a connection.</summary>
    private static async Task<int> ProcessOfAsync(PostgresServer server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        return ProcessorTime.ParentOf((int)(await command.ExecuteScalarAsync())!);
    }
}
