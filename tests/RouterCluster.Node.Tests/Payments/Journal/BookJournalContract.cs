using System.Data.Common;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Data.Sqlite;
using Npgsql;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Payments.Journal;

public sealed class BookJournalOnSqlite : BookJournalContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();

    private protected override JournalTable OpenTable() =>
        JournalTable.Open("SQLite.MS", SqliteFile.ConnectionString(Storage.Address.DataDir, "books"), "books_journal", Patience);

    protected override DbConnection Connection() =>
        new SqliteConnection(SqliteFile.ConnectionString(Storage.Address.DataDir, "books"));
}

[Collection(PostgresCollection.Name)]
public sealed class BookJournalOnPostgreSql(PostgresFixture postgres) : BookJournalContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    private protected override JournalTable OpenTable() =>
        JournalTable.Open("PostgreSQL.15", Storage.Address.ConnectionString!, "books_journal", Patience);

    protected override DbConnection Connection() =>
        new NpgsqlConnection($"{Storage.Address.ConnectionString};Pooling=false");

    [Fact]
    public async Task A_connection_that_was_cut_fails_one_write_and_the_next_one_opens_another()
    {
        await WriteAsync(JournalPlugin.Ours, "book", 1);
        using var table = OpenTable();
        table.Append([Row("cut", 1)]);
        await using (var connection = await OpenAsync())
        {
            await connection.ExecuteAsync(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """,
                CancellationToken.None);
        }

        var failure = Assert.ThrowsAny<Exception>(() => table.Append([Row("cut", 2)]));
        Assert.False(table.IsOfTheRows(failure));
        table.Append([Row("cut", 2)]);
        Assert.Equal([1, 2], await SequenceNumbersAsync("cut"));
    }
}

/// <summary>The books' write path of our own and the plugin are one journal: each reads what the other has written.</summary>
public abstract class BookJournalContract : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private TestStorage? _storage;

    protected enum JournalPlugin
    {
        Ours,
        TheirOwn,
    }

    protected TestStorage Storage => _storage!;

    public async Task InitializeAsync() => _storage = await NewStorage();

    public Task DisposeAsync()
    {
        _storage!.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Plugin_and_router_continue_each_others_rows()
    {
        await WriteAsync(JournalPlugin.Ours, "book", 2);
        await WriteAsync(JournalPlugin.TheirOwn, "book", 2);
        await WriteAsync(JournalPlugin.Ours, "book", 1);
        foreach (var plugin in Enum.GetValues<JournalPlugin>())
        {
            using var system = Start(plugin);
            var actor = system.ActorOf(Props.Create(() => new RowActor("books", "book")));
            var recovered = await actor.Ask<Recovered>(new GetRecovered(), Patience);
            Assert.Null(recovered.Failure);
            Assert.Equal([1, 2, 1, 2, 1], recovered.Rows.Select(row => (int)row.Bytes.Span[0]));
            await system.Terminate();
        }
    }

    [Fact]
    public async Task Every_column_is_as_the_plugin_writes_it()
    {
        await WriteAsync(JournalPlugin.Ours, "ours", 2);
        await WriteAsync(JournalPlugin.TheirOwn, "theirs", 2);
        await using var connection = await OpenAsync();
        var rows = await connection.QueryAsync(
            "select * from books_journal order by persistence_id, sequence_number",
            row => Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, row.GetValue), CancellationToken.None);
        string[] ownValue = ["ordering", "persistence_id", "writer_uuid", "created"];
        for (var i = 0; i < 2; i++)
        {
            var (ours, theirs) = (rows[i], rows[i + 2]);
            Assert.All(theirs.Keys.Except(ownValue), column => Assert.Equal(theirs[column], ours[column]));
            Assert.InRange((long)theirs["created"] - (long)ours["created"], 0, TimeSpan.FromMinutes(5).Ticks);
            Assert.NotEqual("", ours["writer_uuid"]);
        }

        Assert.Equal(rows[0]["writer_uuid"], rows[1]["writer_uuid"]);
    }

    [Fact]
    public async Task The_plugins_queries_find_the_rows()
    {
        await WriteAsync(JournalPlugin.Ours, "book", 3);
        using var system = Start(JournalPlugin.Ours);
        var journal = PersistenceQuery.Get(system).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        var materializer = system.Materializer();
        Assert.Equal(["book"], await journal.CurrentPersistenceIds().RunWith(Sink.Seq<string>(), materializer));
        var events = await journal.CurrentEventsByPersistenceId("book", 0, long.MaxValue)
            .RunWith(Sink.Seq<EventEnvelope>(), materializer);
        Assert.Equal([1L, 2, 3], events.Select(one => one.SequenceNr));
        Assert.All(events, one => Assert.IsType<BookRow>(one.Event));
        await system.Terminate();
    }

    [Fact]
    public async Task Each_life_of_a_book_is_a_writer_of_its_own()
    {
        await WriteAsync(JournalPlugin.Ours, "book", 1);
        await WriteAsync(JournalPlugin.Ours, "book", 1);
        await using var connection = await OpenAsync();
        var writers = await connection.QueryAsync(
            "select writer_uuid from books_journal", row => row.GetString(0), CancellationToken.None);
        Assert.Equal(2, writers.Distinct().Count());
    }

    [Fact]
    public async Task Rows_are_stored_together_or_not_at_all()
    {
        await WriteAsync(JournalPlugin.Ours, "book", 1);
        using var table = OpenTable();
        var taken = Assert.ThrowsAny<Exception>(() => table.Append([Row("other", 1), Row("book", 1), Row("other", 2)]));
        Assert.True(table.IsOfTheRows(taken));
        Assert.Empty(await SequenceNumbersAsync("other"));

        table.Append([Row("other", 1), Row("other", 2)]);
        Assert.Equal([1, 2], await SequenceNumbersAsync("other"));
    }

    protected abstract Task<TestStorage> NewStorage();

    private protected abstract JournalTable OpenTable();

    protected abstract DbConnection Connection();

    protected async Task WriteAsync(JournalPlugin plugin, string id, int rows)
    {
        using var system = Start(plugin);
        var actor = system.ActorOf(Props.Create(() => new RowActor("books", id)));
        for (var i = 1; i <= rows; i++)
        {
            Assert.Equal("written", await actor.Ask<string>(new BookRow(new[] { (byte)i }), Patience));
        }

        await system.Terminate();
    }

    protected async Task<DbConnection> OpenAsync()
    {
        var connection = Connection();
        await connection.OpenAsync();
        return connection;
    }

    protected async Task<IReadOnlyList<int>> SequenceNumbersAsync(string id)
    {
        await using var connection = await OpenAsync();
        return await connection.QueryAsync(
            "select sequence_number from books_journal where persistence_id = @id order by 1", row => (int)row.GetInt64(0),
            CancellationToken.None, ("id", id));
    }

    private protected static JournalRow Row(string id, long sequenceNumber) =>
        new(id, sequenceNumber, new byte[] { 1 }, 4201, "BR1", "writer", 1);

    private ActorSystem Start(JournalPlugin plugin)
    {
        var journals = JournalHocon.For(Storage.Address, BookJournal.ClassName);
        var books = ConfigurationFactory.ParseString(journals).GetConfig(JournalHocon.JournalId(JournalHocon.Books));
        var hocon = ConfigurationFactory.ParseString($$"""
            {{journals}}
            {{BookSerializer.Hocon}}
            akka.loglevel = off
            akka.stdout-loglevel = off
            akka.persistence.query.journal.sql {
              class = "Akka.Persistence.Sql.Query.SqlReadJournalProvider, Akka.Persistence.Sql"
              write-plugin = "{{JournalHocon.JournalId(JournalHocon.Books)}}"
              provider-name = "{{books.GetString("provider-name")}}"
              connection-string = "{{books.GetString("connection-string")}}"
              tag-read-mode = Csv
              default.journal { use-writer-uuid-column = true, table-name = "books_journal" }
            }
            """);
        var theirs = ConfigurationFactory.ParseString(
            "akka.persistence.journal.books.class = \"Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql\"");
        return ActorSystem.Create("router", plugin == JournalPlugin.TheirOwn ? theirs.WithFallback(hocon) : hocon);
    }
}
