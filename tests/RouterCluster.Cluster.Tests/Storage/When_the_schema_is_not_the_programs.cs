using Npgsql;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;

namespace RouterCluster.Cluster.Tests.Storage;

[Collection(PostgresCollection.Name)]
public sealed class When_the_schema_is_not_the_programs(PostgresFixture postgres)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_migration_brings_it_there_and_a_node_says_when_one_is_needed()
    {
        var storage = await postgres.Server.CreateDatabaseAsync("migrated");

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(storage, "--migrate")));
        Assert.All(atOnce, ended => Assert.Equal(0, ended.Code));
        Assert.Single(atOnce, ended => ended.Lines is ["The schema is created in version 2; the database was empty."]);
        Assert.Equal(2, atOnce.Count(ended => ended.Lines is ["The schema has version 2 already."]));

        await ExecuteAsync(storage, "drop table schema_version");
        var refused = await RunAsync(storage);
        Assert.Equal(2, refused.Code);
        Assert.Contains("run this program once with --migrate", Assert.Single(refused.Lines), StringComparison.Ordinal);

        var migrated = await RunAsync(storage, "--migrate");
        Assert.Equal((0, "The schema is brought from version 0 to version 2."), (migrated.Code, migrated.Lines.Single()));

        await ExecuteAsync(storage, "insert into schema_version values (3, 'of a newer program', 0)");
        refused = await RunAsync(storage);
        Assert.Equal(2, refused.Code);
        Assert.Contains("a newer program has migrated", Assert.Single(refused.Lines), StringComparison.Ordinal);
    }

    private static async Task<(int? Code, string[] Lines)> RunAsync(string storage, params string[] options)
    {
        var data = Directory.CreateTempSubdirectory("router-migrate-").FullName;
        try
        {
            await using var program = ProgramProcess.StartDotnet(
                BuiltProgram.Host,
                [
                    "--set", "router.storage.provider=postgresql", "--set", $"router.storage.connection-string={storage}",
                    "--data", data, "--http", $"http://127.0.0.1:{FreePort.Next()}", "--simulator-port", $"{FreePort.Next()}",
                    .. options,
                ]);
            var code = await program.ExitAsync(Limit);
            return (code, [.. program.Lines.Where(line => !line.StartsWith("warning", StringComparison.Ordinal))]);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task ExecuteAsync(string storage, string statement)
    {
        await using var connection = new NpgsqlConnection($"{storage};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
