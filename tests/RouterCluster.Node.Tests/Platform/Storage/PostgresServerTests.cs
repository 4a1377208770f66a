using Npgsql;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_committed_row_survives_a_kill_and_nothing_is_left_after_the_end()
    {
        string folder;
        await using (var server = await PostgresServer.StartAsync())
        {
            var database = await server.CreateDatabaseAsync("survivors") + ";Pooling=false";
            await ExecuteAsync(database, "CREATE TABLE kept (value int); INSERT INTO kept VALUES (42)");
            folder = Path.GetDirectoryName((string)(await ExecuteAsync(database, "SHOW data_directory"))!)!;

            server.Kill();
            await Assert.ThrowsAsync<NpgsqlException>(() => ExecuteAsync(database, "SELECT 1"));

            await server.RestartAsync();
            Assert.Equal(42, await ExecuteAsync(database, "SELECT value FROM kept"));
            Assert.Equal("on", await ExecuteAsync(database, "SHOW fsync"));
            Assert.Equal("on", await ExecuteAsync(database, "SHOW synchronous_commit"));

            await server.RestartAsync();
            Assert.Equal(42, await ExecuteAsync(database, "SELECT value FROM kept"));
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

[Collection(PostgresCollection.Name)]
public sealed class SharedPostgresTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Tests_of_a_project_share_a_server_and_each_has_its_own_database()
    {
        var first = await postgres.Server.CreateDatabaseAsync("shared_first");
        var second = await postgres.Server.CreateDatabaseAsync("shared_second");

        await using var connection = new NpgsqlConnection(second);
        await connection.OpenAsync();

        Assert.NotEqual(first, second);
        Assert.Equal("shared_second", connection.Database);
    }
}
