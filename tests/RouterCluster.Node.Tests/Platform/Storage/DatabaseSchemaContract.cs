using System.Data.Common;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

public sealed class DatabaseSchemaOnSqlite : DatabaseSchemaContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();

    [Fact]
    public async Task A_node_brings_its_own_files_up_to_date()
    {
        await EnsureAsync(Schema(steps: 1));

        Assert.Equal(new SchemaMove(1, 3), await EnsureAsync(Schema(steps: 3)));
        Assert.Equal(["created", "step 2", "step 3"], Done);
    }
}

[Collection(PostgresCollection.Name)]
public sealed class DatabaseSchemaOnPostgreSql(PostgresFixture postgres) : DatabaseSchemaContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    [Fact]
    public async Task A_node_refuses_an_older_schema_and_says_what_to_run()
    {
        await EnsureAsync(Schema(steps: 1));

        var refusal = await Assert.ThrowsAsync<StartUpException>(() => EnsureAsync(Schema(steps: 2)));
        Assert.Equal(
            "router.storage: the database's schema has version 1, allowed is version 2: run this program once with --migrate",
            refusal.Message);
        Assert.Equal(["created"], Done);
    }

    [Fact]
    public async Task A_database_of_a_program_without_versions_takes_every_step()
    {
        await WriteAsync("create table router_stamp (key text primary key, value text not null)");

        await Assert.ThrowsAsync<StartUpException>(() => EnsureAsync(Schema(steps: 2)));
        Assert.Equal(new SchemaMove(0, 2), await MigrateAsync(Schema(steps: 2)));
        Assert.Equal(["step 1", "step 2"], Done);
    }
}

/// <summary>A schema of the tests' own, whose steps note that they were taken.</summary>
public abstract class DatabaseSchemaContract : IAsyncLifetime
{
    private readonly List<string> _done = [];
    private TestStorage? _storage;

    protected IReadOnlyList<string> Done => _done;

    public async Task InitializeAsync() => _storage = await NewStorage();

    public Task DisposeAsync()
    {
        _storage!.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_empty_database_gets_the_newest_tables_at_once()
    {
        Assert.Equal(new SchemaMove(null, 3), await EnsureAsync(Schema(steps: 3)));
        Assert.Equal(new SchemaMove(3, 3), await EnsureAsync(Schema(steps: 3)));
        Assert.Equal(["created"], _done);
    }

    [Fact]
    public async Task A_migration_takes_the_missing_steps_in_their_order()
    {
        await EnsureAsync(Schema(steps: 1));

        Assert.Equal(new SchemaMove(1, 3), await MigrateAsync(Schema(steps: 3)));
        Assert.Equal(new SchemaMove(3, 3), await MigrateAsync(Schema(steps: 3)));
        Assert.Equal(["created", "step 2", "step 3"], _done);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_by_start_and_migration()
    {
        await EnsureAsync(Schema(steps: 3));

        foreach (var attempt in new[] { EnsureAsync, (Func<DatabaseSchema, Task<SchemaMove>>)MigrateAsync })
        {
            var refusal = await Assert.ThrowsAsync<StartUpException>(() => attempt(Schema(steps: 2)));
            Assert.Equal(
                "router.storage: the database's schema has version 3, allowed is at most version 2: "
                + "a newer program has migrated the database",
                refusal.Message);
        }
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_schema_as_it_was()
    {
        await EnsureAsync(Schema(steps: 1));
        var broken = new DatabaseSchema(
            (_, _, _) => Task.CompletedTask,
            [
                Step(1), new SchemaStep("step 2", (connection, _, cancellation) =>
                    connection.ExecuteAsync("create table half_done (id integer primary key)", cancellation)),
                new SchemaStep("step 3", (connection, _, cancellation) =>
                    connection.ExecuteAsync("create table half_done (id integer primary key)", cancellation)),
            ]);

        await Assert.ThrowsAnyAsync<DbException>(() => MigrateAsync(broken));

        Assert.Equal(new SchemaMove(1, 2), await MigrateAsync(Schema(steps: 2)));
        await WriteAsync("create table half_done (id integer primary key)");
    }

    [Fact]
    public async Task Of_several_that_start_at_once_one_creates_the_tables()
    {
        var moves = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => EnsureAsync(Schema(steps: 2)))));

        Assert.Single(moves, move => move.From is null);
        Assert.Equal(5, moves.Count(move => move.From == 2));
        Assert.Equal(["created"], _done);
    }

    protected abstract Task<TestStorage> NewStorage();

    private protected DatabaseSchema Schema(int steps) => new(
        async (connection, dialect, cancellation) =>
        {
            await StorageStamp.CreateAsync(connection, dialect, cancellation);
            await connection.ExecuteAsync("create table of_the_test (id integer primary key)", cancellation);
            _done.Add("created");
        },
        [.. Enumerable.Range(1, steps).Select(Step)]);

    private protected async Task<SchemaMove> EnsureAsync(DatabaseSchema schema)
    {
        await using var database = RouterDatabase.Open(_storage!.Address);
        return await schema.EnsureAsync(database, CancellationToken.None);
    }

    private protected async Task<SchemaMove> MigrateAsync(DatabaseSchema schema)
    {
        await using var database = RouterDatabase.Open(_storage!.Address);
        return await schema.MigrateAsync(database, CancellationToken.None);
    }

    protected async Task WriteAsync(string statement)
    {
        await using var database = RouterDatabase.Open(_storage!.Address);
        await database.WriteAsync(
            connection => connection.ExecuteAsync(statement, CancellationToken.None), CancellationToken.None);
    }

    private SchemaStep Step(int version) => new(
        $"step {version}",
        (_, _, _) =>
        {
            _done.Add($"step {version}");
            return Task.CompletedTask;
        });
}
