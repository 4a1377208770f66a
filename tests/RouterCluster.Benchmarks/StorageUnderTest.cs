using Npgsql;
using RouterCluster.Benchmarks.Programs;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks;

/// <summary>A storage that makes empty databases in a temporary folder, on the disk that both kinds share.</summary>
/// <param name="Processes">Those of the database, where it is not part of the process that uses it.</param>
internal sealed record StorageUnderTest(
    string Name, Func<string, Task<StorageAddress>> NewAsync, IReadOnlyList<Watched> Processes)
{
    /// <summary>What the database did since it started, where it is not part of the process that uses it.</summary>
    public Func<Task<Counts>> CountsAsync { get; private init; } = () => Task.FromResult(default(Counts));

    /// <summary>A program's counts, with what the database did meanwhile for whoever uses it.</summary>
    public async Task<Counts> CountsWithAsync(ProgramUnderTest program)
    {
        var (own, stored) = (await program.CountsAsync(), await CountsAsync());
        return own with { Statements = stored.Statements, LogBytes = stored.LogBytes };
    }

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
                await using var server = await CountingServerAsync();
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
                    [new Watched("PostgreSQL", await ProcessOfAsync(server))])
                {
                    CountsAsync = () => CountsOfAsync(server),
                });
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Folder(string parent, string name) =>
        Directory.CreateDirectory(Path.Combine(parent, $"{name}-{Guid.NewGuid():n}")).FullName;

    /// <summary>One that counts statements, whoever is measured.</summary>
    private static async Task<PostgresServer> CountingServerAsync()
    {
        var server = await PostgresServer.StartAsync();
        await RowAsync(server, "alter system set shared_preload_libraries = pg_stat_statements", _ => true);
        await server.RestartAsync();
        await RowAsync(server, "create extension pg_stat_statements", _ => true);
        return server;
    }

    private static Task<Counts> CountsOfAsync(PostgresServer server) => RowAsync(
        server, "select sum(calls)::float8, sum(wal_bytes)::float8 from pg_stat_statements",
        row => new Counts(0, 0, 0, row.GetDouble(0), row.GetDouble(1)));

    /// <summary>The parent of all that serve a connection.</summary>
    private static async Task<int> ProcessOfAsync(PostgresServer server) =>
        ProcessorTime.ParentOf(await RowAsync(server, "select pg_backend_pid()", row => row.GetInt32(0)));

    private static async Task<T> RowAsync<T>(PostgresServer server, string statement, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return read(reader);
    }
}
