using System.Buffers;
using System.Data.Common;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Payments.Journal;

public sealed class JournalOnSqlite : JournalContract
{
    private const long FullySynchronous = 2;

    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();

    protected override Task<DbConnection> OpenBooks() => Open("books");

    [Theory]
    [InlineData("books")]
    [InlineData("books-snapshots")]
    [InlineData("channels")]
    [InlineData("sharding")]
    public async Task A_commit_is_synced_and_written_ahead(string name)
    {
        JournalHocon.For(Storage.Address, BookJournal.ClassName);
        await using var connection = await Open(name);
        var mode = await connection.QueryAsync("PRAGMA journal_mode", row => row.GetString(0), CancellationToken.None);
        var synchronous = await connection.QueryAsync("PRAGMA synchronous", row => row.GetInt64(0), CancellationToken.None);
        Assert.Equal("wal", Assert.Single(mode));
        Assert.Equal(FullySynchronous, Assert.Single(synchronous));
    }

    private async Task<DbConnection> Open(string name)
    {
        var connection = new SqliteConnection(SqliteFile.ConnectionString(Storage.Address.DataDir, name));
        await connection.OpenAsync();
        return connection;
    }
}

[Collection(PostgresCollection.Name)]
public sealed class JournalOnPostgreSql(PostgresFixture postgres) : JournalContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    protected override async Task<DbConnection> OpenBooks()
    {
        var connection = new NpgsqlConnection(Storage.Address.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    [Fact]
    public async Task Every_journal_has_tables_of_its_own()
    {
        await WriteOnAll();
        await using var connection = await OpenBooks();
        var tables = await connection.QueryAsync(
            "select table_name from information_schema.tables where table_schema = 'public' order by 1",
            row => row.GetString(0), CancellationToken.None);
        Assert.Equal(
            [
                "books_journal", "books_snapshots", "channels_journal", "channels_snapshots", "sharding_journal",
                "sharding_snapshots",
            ],
            tables);
    }

    [Fact]
    public async Task The_tables_of_the_first_start_are_those_that_the_plugin_creates()
    {
        await WriteOnAll();
        using var prepared = await NewStorage();
        await using (var database = RouterDatabase.Open(prepared.Address))
        {
            await database.WriteAsync(
                async connection =>
                {
                    await JournalTables.CreateAsync(connection, database.Dialect, CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }

        Assert.Equal(await ShapeAsync(Storage), await ShapeAsync(prepared));
    }

    /// <summary>Columns with their types, then indexes and constraints, of all tables.</summary>
    private static async Task<IReadOnlyList<string>> ShapeAsync(TestStorage storage)
    {
        await using var connection = new NpgsqlConnection($"{storage.Address.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        return await connection.QueryAsync(
            """
            select concat_ws(' ', table_name, column_name, data_type, is_nullable, is_identity)
            from information_schema.columns where table_schema = 'public'
            union all select indexdef from pg_indexes where schemaname = 'public'
            union all select concat_ws(' ', conrelid::regclass, conname, contype) from pg_constraint
            where connamespace = 'public'::regnamespace
            order by 1
            """,
            row => row.GetString(0), CancellationToken.None);
    }
}

public abstract class JournalContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Plugins = [JournalHocon.Books, JournalHocon.Channels, JournalHocon.Sharding];
    private TestStorage? _storage;

    protected TestStorage Storage => _storage!;

    public async Task InitializeAsync() => _storage = await NewStorage();

    public Task DisposeAsync()
    {
        _storage!.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_was_acknowledged_is_recovered_after_a_restart()
    {
        await WriteOnAll();
        using var system = Start();
        foreach (var plugin in Plugins)
        {
            var recovered = await Recover(system, plugin);
            Assert.Null(recovered.Failure);
            Golden.Same(PaymentSamples.Snapshot, recovered.Snapshot!);
            var (id, @event) = Assert.Single(PaymentEventCodec.Decode(Assert.Single(recovered.Rows).Bytes));
            Assert.Equal(PaymentSamples.IdOf("second"), id);
            Assert.IsType<PaymentSuspended>(@event);
        }

        await system.Terminate();
    }

    /// <summary>The rows of a split brain: a writer, another one, and the first one again.</summary>
    [Fact]
    public async Task Two_writers_events_stop_recovery_instead_of_being_dropped()
    {
        using var system = Start();
        var actor = system.ActorOf(Props.Create(() => new RowActor("books", "torn")));
        foreach (var orderNo in new[] { "first", "second", "third" })
        {
            await actor.Ask<string>(RowOf(orderNo), Patience);
        }

        await actor.GracefulStop(Patience);
        await using (var connection = await OpenBooks())
        {
            var changed = await connection.ExecuteAsync(
                "update books_journal set writer_uuid = 'another' where persistence_id = 'torn' and sequence_number = 2",
                CancellationToken.None);
            Assert.Equal(1, changed);
        }

        Assert.NotNull((await Recover(system, "books", "torn")).Failure);
        await system.Terminate();
    }

    [Fact]
    public async Task A_second_writer_cannot_take_a_sequence_number_again()
    {
        using var system = Start();
        var one = system.ActorOf(Props.Create(() => new RowActor("books", "twice")));
        var two = system.ActorOf(Props.Create(() => new RowActor("books", "twice")));
        await Task.WhenAll(one.Ask<Recovered>(new GetRecovered(), Patience), two.Ask<Recovered>(new GetRecovered(), Patience));
        Assert.Equal("written", await one.Ask<string>(RowOf("first"), Patience));
        Assert.Equal("failed", await two.Ask<string>(RowOf("second"), Patience));
        await system.Terminate();
    }

    [Fact]
    public void Settings_that_money_depends_on_are_in_force()
    {
        using var system = Start();
        foreach (var plugin in Plugins)
        {
            var journal = system.Settings.Config.GetConfig(JournalHocon.JournalId(plugin));
            Assert.Equal("fail", journal.GetString("replay-filter.mode"));
            Assert.Equal(1, journal.GetInt("parallelism"));
            Assert.True(journal.GetBoolean("default.journal.use-writer-uuid-column"));
        }
    }

    protected abstract Task<TestStorage> NewStorage();

    protected abstract Task<DbConnection> OpenBooks();

    protected async Task WriteOnAll()
    {
        using var system = Start();
        foreach (var plugin in Plugins)
        {
            var actor = system.ActorOf(Props.Create(() => new RowActor(plugin, plugin)));
            Assert.Equal("written", await actor.Ask<string>(RowOf("first"), Patience));
            Assert.Equal("saved", await actor.Ask<string>(PaymentSamples.Snapshot, Patience));
            Assert.Equal("written", await actor.Ask<string>(RowOf("second"), Patience));
        }

        await system.Terminate();
    }

    private static async Task<Recovered> Recover(ActorSystem system, string plugin, string? id = null)
    {
        var actor = system.ActorOf(Props.Create(() => new RowActor(plugin, id ?? plugin)));
        return await actor.Ask<Recovered>(new GetRecovered(), Patience);
    }

    private static BookRow RowOf(string orderNo)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PaymentEventCodec.Encode(PaymentSamples.IdOf(orderNo), new PaymentSuspended(PaymentSamples.At), bytes);
        return new BookRow(bytes.WrittenMemory);
    }

    /// <summary>Whatever has no serializer of ours must not be written at all.</summary>
    private ActorSystem Start() => ActorSystem.Create("router", ConfigurationFactory.ParseString(
        JournalHocon.For(Storage.Address, BookJournal.ClassName) + BookSerializer.Hocon + """
        akka.loglevel = off
        akka.stdout-loglevel = off
        akka.actor.serialization-bindings { "System.Object" = refuses }
        akka.actor.serializers.refuses = "RouterCluster.Node.Tests.Payments.Journal.RefusingSerializer, RouterCluster.Node.Tests"
        """));
}
