using System.Buffers;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Payments.Journal;

public sealed class PaymentJournalOnSqlite : PaymentJournalContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();

    private protected override JournalTable OpenTable() =>
        JournalTable.Open("SQLite.MS", SqliteFile.ConnectionString(Storage.Address.DataDir, "books"), "books_journal", Patience);

    protected override async Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters)
    {
        await using var connection = new SqliteConnection(SqliteFile.ConnectionString(Storage.Address.DataDir, "books"));
        await connection.OpenAsync();
        return string.Join('\n', await connection.QueryAsync(
            $"explain query plan {statement}", row => row.GetString(3), CancellationToken.None, parameters));
    }

    protected override void IsBounded(string plan)
    {
        Assert.Matches(@"^SEARCH books_journal USING (COVERING )?INDEX \S+ \(\(persistence_id,sequence_number\)>", plan);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }
}

[Collection(PostgresCollection.Name)]
public sealed class PaymentJournalOnPostgreSql(PostgresFixture postgres) : PaymentJournalContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);

    private protected override JournalTable OpenTable() =>
        JournalTable.Open("PostgreSQL.15", Storage.Address.ConnectionString!, "books_journal", Patience);

    protected override async Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection($"{Storage.Address.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync("analyze books_journal", CancellationToken.None);
        return string.Join('\n', await connection.QueryAsync(
            $"explain {statement}", row => row.GetString(0), CancellationToken.None, parameters));
    }

    protected override void IsBounded(string plan)
    {
        Assert.Matches("Index (Only )?Scan (Backward )?using books_journal_uq on books_journal", plan);
        Assert.DoesNotMatch("Sort|Filter|Seq Scan|Bitmap", plan);
    }
}

public abstract class PaymentJournalContract : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset At = PaymentSamples.At;
    private static readonly PaymentId Id = PaymentSamples.Id;
    private TestStorage? _storage;
    private RouterDatabase? _database;

    protected TestStorage Storage => _storage!;

    public async Task InitializeAsync()
    {
        _storage = await NewStorage();
        _database = RouterDatabase.Open(_storage.Address);
        await CreateTableAsync();
    }

    public async Task DisposeAsync()
    {
        await _database!.DisposeAsync();
        _storage!.Dispose();
    }

    [Fact]
    public async Task A_payments_commits_are_found_among_those_of_others()
    {
        var told = new AttemptUnresolved(Moment(40), 1, Outcome.Unknown("timeout")) { Source = ReportSource.Submit };
        var ended = new AttemptEnded(Moment(70), 1, Paid) { Source = ReportSource.Query };
        Write(90, row => row switch
        {
            10 => [Accepted(10), Started(10)],
            40 => [told],
            70 => [ended, new PaymentSucceeded(Moment(70))],
            _ => null,
        });

        var read = await ReadAsync(Payment(10, 70, PaymentState.Succeeded));

        Assert.True(read.IsComplete);
        Assert.Equal([10, 40, 70], read.Commits.Select(commit => commit.Row));
        Assert.Equal([Moment(10), Moment(40), Moment(70)], read.Commits.Select(commit => commit.At));
        Assert.Equal(
            [
                typeof(PaymentAccepted), typeof(AttemptStarted), typeof(AttemptUnresolved), typeof(AttemptEnded),
                typeof(PaymentSucceeded),
            ],
            read.Commits.SelectMany(commit => commit.Events).Select(one => one.GetType()));
        Assert.Equal(told, read.Commits[1].Events[0]);
        Assert.Equal(ended, read.Commits[2].Events[0]);
    }

    [Fact]
    public async Task Rows_of_one_millisecond_and_rows_without_events_hide_nothing()
    {
        Write(60, row => row switch
        {
            20 => [Accepted(20), Started(20)],
            24 => [new AttemptEnded(Moment(20), 1, Paid), new PaymentSucceeded(Moment(20))],
            _ => null,
        }, timeOf: row => row is >= 16 and <= 26 ? 20 : row, isEmpty: row => row is 1 or (>= 30 and <= 34));

        var read = await ReadAsync(Payment(20, 20, PaymentState.Succeeded));

        Assert.True(read.IsComplete);
        Assert.Equal([20, 24], read.Commits.Select(commit => commit.Row));
    }

    [Fact]
    public async Task Where_rows_are_too_many_those_of_known_moments_are_found()
    {
        const int Last = PaymentCommitSearch.MostRows + 900;
        Write(Last + 300, row => row switch
        {
            5 => [Accepted(5), Started(5)],
            Last - 300 => [new AttemptUnresolved(Moment(Last - 300), 1, Outcome.Unknown("http_500"))],
            Last => [new AttemptEnded(Moment(Last), 1, Paid), new PaymentSucceeded(Moment(Last))],
            _ => null,
        });

        var read = await ReadAsync(Payment(5, Last, PaymentState.Succeeded));

        Assert.False(read.IsComplete);
        Assert.Equal([5, Last], read.Commits.Select(commit => commit.Row));
    }

    [Fact]
    public async Task A_payment_that_is_open_is_read_to_the_journals_end()
    {
        var claimed = new AttemptClaimed(Moment(50), 1, Paid);
        Write(60, row => row switch
        {
            10 => [Accepted(10), Started(10)],
            50 => [claimed],
            _ => null,
        });

        var read = await ReadAsync(Payment(10, null, PaymentState.Processing));

        Assert.Equal([10, 50], read.Commits.Select(commit => commit.Row));
        Assert.Equal(claimed, Assert.Single(read.Commits[1].Events));
    }

    [Fact]
    public async Task What_the_journal_does_not_have_is_not_complete()
    {
        Assert.False((await ReadAsync(Payment(10, 20, PaymentState.Succeeded))).IsComplete);
        Write(30, _ => null);
        var read = await ReadAsync(Payment(10, 20, PaymentState.Succeeded));
        Assert.Empty(read.Commits);
        Assert.False(read.IsComplete);
    }

    [Fact]
    public async Task No_statement_scans_the_journal()
    {
        foreach (var book in Enumerable.Range(0, 4))
        {
            Write(4_000, _ => null, book: book);
        }

        (string, object)[] range = [("book", "book-1"), ("from", 100L), ("to", 900L)];
        IsBounded(await PlanAsync(BookRows.LastNumber, range));
        IsBounded(await PlanAsync(BookRows.Heads, [.. range, ("limit", 1L)]));
        IsBounded(await PlanAsync(BookRows.Rows, [.. range, ("limit", 100L)]));
    }

    protected abstract Task<TestStorage> NewStorage();

    protected abstract Task<string> PlanAsync(string statement, params (string Name, object Value)[] parameters);

    protected abstract void IsBounded(string plan);

    private protected abstract JournalTable OpenTable();

    private static Outcome Paid => new(OutcomeClass.Success, Landing.Landed, "00", null, "C-77");

    private static DateTimeOffset Moment(int row) => At.AddMilliseconds(row * 10);

    private static PaymentAccepted Accepted(int row) =>
        new(Moment(row), PaymentSamples.Content("A-1001"), Moment(row).AddMinutes(10));

    private static AttemptStarted Started(int row) =>
        new(Moment(row), 1, PaymentSamples.Alpha, Moment(row).AddSeconds(5), RouteReasons.None);

    /// <summary>As a book has it, whose times are finer than the journal's.</summary>
    private static Payment Payment(int acceptedIn, int? endedIn, PaymentState state)
    {
        var begin = Moment(acceptedIn).AddTicks(700);
        var end = endedIn is { } row ? Moment(row).AddTicks(300) : (DateTimeOffset?)null;
        return PaymentSamples.Accepted("A-1001") with
        {
            State = state,
            CreatedAt = begin,
            UpdatedAt = end ?? begin,
            Attempts =
            [
                new Attempt(
                    1, PaymentSamples.Alpha, Id.AttemptOrderNo(1), end is null ? AttemptState.Processing : AttemptState.Succeeded,
                    Paid, begin, end, begin.AddSeconds(5), RouteReasons.None),
            ],
        };
    }

    private Task<PaymentCommits> ReadAsync(Payment payment) =>
        new PaymentJournal(_database!, Storage.Address).ReadAsync(payment, CancellationToken.None);

    /// <param name="events">Of the payment, in a row that has another's before and after them; null: the other's alone.</param>
    private void Write(
        int rows, Func<int, PaymentEvent[]?> events, Func<int, int>? timeOf = null, Func<int, bool>? isEmpty = null,
        int? book = null)
    {
        var number = book ?? Id.Book;
        using var table = OpenTable();
        table.Append([.. Enumerable.Range(1, rows).Select(row =>
        {
            var at = Moment(timeOf?.Invoke(row) ?? row);
            var bytes = new ArrayBufferWriter<byte>();
            if (isEmpty?.Invoke(row) != true)
            {
                PaymentEventCodec.Encode(PaymentSamples.IdOf("other"), new PaymentSuspended(at), bytes);
                foreach (var one in events(row) ?? [])
                {
                    PaymentEventCodec.Encode(Id, one, bytes);
                }

                PaymentEventCodec.Encode(PaymentSamples.IdOf("third"), new PaymentClosed(at), bytes);
            }

            return new JournalRow(
                PaymentBookEntity.PersistenceIdOf(number), row, bytes.WrittenMemory, 4201, BookSerializer.RowManifest, "writer",
                at.UtcTicks);
        })]);
    }

    /// <summary>The plugin creates it with the first row of a book that no test reads.</summary>
    private async Task CreateTableAsync()
    {
        using var system = ActorSystem.Create("router", ConfigurationFactory.ParseString($$"""
            {{JournalHocon.For(Storage.Address, BookJournal.ClassName)}}
            {{BookSerializer.Hocon}}
            akka.loglevel = off
            akka.stdout-loglevel = off
            """));
        var actor = system.ActorOf(Props.Create(() => new RowActor(JournalHocon.Books, "book-63")));
        Assert.Equal("written", await actor.Ask<string>(new BookRow(new byte[] { 1 }), Patience));
        await system.Terminate();
    }
}
