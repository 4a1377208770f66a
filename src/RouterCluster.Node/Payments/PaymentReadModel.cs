using System.Data.Common;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Payments in a table, for lists, sums and payments that their book has evicted. Each book has an offset: the sequence
/// number of the last journal row that the table holds.
/// </summary>
public sealed class PaymentReadModel : IPaymentHistory
{
    private const int OpenPage = 500;

    private static readonly string StillOpen = "state in "
        + $"({(int)PaymentState.Processing}, {(int)PaymentState.ActionRequired}, {(int)PaymentState.Suspended})";

    private readonly RouterDatabase _database;
    private readonly IWebhookSource _notices;
    private readonly IPaymentTable[] _others;
    private readonly PaymentPages _pages;

    private PaymentReadModel(RouterDatabase database, IWebhookSource notices, IPaymentTable[] others)
    {
        _database = database;
        _notices = notices;
        _others = others;
        _pages = new PaymentPages(database);
    }

    /// <param name="notices">Renders the webhooks of what is written; they are stored in the same transaction.</param>
    /// <param name="others">Tables of other features that change in the same transaction.</param>
    public static async Task<PaymentReadModel> OpenAsync(
        RouterDatabase database, IWebhookSource notices, CancellationToken cancellation, params IPaymentTable[] others)
    {
        await database.CreateAsync(
            async (connection, dialect, token) =>
            {
                await CreateAsync(connection, dialect, token);
                foreach (var other in others)
                {
                    await other.CreateAsync(connection, token);
                }
            },
            cancellation);
        return new PaymentReadModel(database, notices, others);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static async Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(
            $"""
            {PaymentRow.Table.CreateStatement(dialect)};
            {ChannelNumberRow.Table.CreateStatement(dialect)};
            drop index if exists payments_order_no;
            drop index if exists payments_accepted;
            create index if not exists payments_history on payments (created_at, id);
            create index if not exists payments_cases on payments (created_at, id) where needs_person;
            create index if not exists payments_open on payments (id) where {StillOpen};
            {PaymentPages.Indexes}
            create table if not exists book_offsets (book integer primary key, sequence bigint not null);
            {AuditTrail.Statements(dialect)}
            """,
            cancellation);
        await WebhookTables.CreateAsync(connection, dialect, cancellation);
    }

    /// <summary>
    /// Brings the table from one row of the book's journal to a later one, or not at all. If the outcome of a commit is
    /// unknown, ask for the offset before writing again.
    /// </summary>
    /// <returns>The merchants with new webhooks to send.</returns>
    /// <exception cref="ProjectionGapException">The table does not stand at <paramref name="fromSequence"/>.</exception>
    public Task<IReadOnlyList<MerchantId>> WriteAsync(
        int book,
        long fromSequence,
        long throughSequence,
        ReadModelChanges changes,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(throughSequence, fromSequence);
        var (inserts, upserts) = Rows(changes.Changed, changes.Accepted);
        Payment[] payments = [.. inserts.Concat(upserts).Select(row => row.Payment)];
        var numbers = inserts.Concat(upserts).SelectMany(row => ChannelNumberRow.Of(row.Payment)).ToList();
        var audit = inserts.Concat(upserts).SelectMany(row => AuditRow.Of(row.Payment, row.Version)).ToList();
        var notices = NoticesOf(fromSequence, changes.Untold);
        return _database.WriteAsync<IReadOnlyList<MerchantId>>(
            async connection =>
            {
                await AdvanceAsync(connection, book, fromSequence, throughSequence, cancellation);
                await _database.Dialect.InsertAsync(connection, PaymentRow.Table, inserts, cancellation);
                await _database.Dialect.UpsertAsync(connection, PaymentRow.Table, upserts, cancellation);
                await _database.Dialect.UpsertAsync(connection, ChannelNumberRow.Table, numbers, cancellation);
                if (audit.Count > 0)
                {
                    await _database.Dialect.UpsertAsync(connection, AuditRow.Table, audit, cancellation);
                }

                await WebhookTables.AddAsync(connection, _database.Dialect, notices, cancellation);
                foreach (var other in _others)
                {
                    await other.WriteAsync(connection, payments, changes.Accepted, cancellation);
                }

                return [.. notices.Where(notice => notice.IsSent).Select(notice => notice.Merchant).Distinct()];
            },
            cancellation);
    }

    /// <summary>Each payment in its latest version, in the order of the first ones.</summary>
    private static (List<PaymentRow> Inserts, List<PaymentRow> Upserts) Rows(
        IReadOnlyList<(Payment Payment, long Version)> changed, IReadOnlySet<PaymentId> accepted)
    {
        var latest = new OrderedDictionary<PaymentId, (Payment Payment, long Version)>(changed.Count);
        foreach (var one in changed)
        {
            if (!latest.TryGetValue(one.Payment.Id, out var other) || other.Version < one.Version)
            {
                latest[one.Payment.Id] = one;
            }
        }

        var (inserts, upserts) = (new List<PaymentRow>(accepted.Count), new List<PaymentRow>());
        foreach (var (payment, version) in latest.Values)
        {
            (accepted.Contains(payment.Id) ? inserts : upserts).Add(PaymentRow.Of(payment, version));
        }

        return (inserts, upserts);
    }

    /// <summary>Payments that the table held before had their webhooks by the rules of their time.</summary>
    private List<NewWebhook> NoticesOf(long fromSequence, IReadOnlyList<(Payment Payment, long Row)> untold) =>
        [.. untold
            .Where(one => one.Row > fromSequence)
            .Select(one => _notices.Of(one.Payment))
            .OfType<NewWebhook>()];

    /// <summary>The last journal row of the book that the table holds; 0 before the first.</summary>
    public Task<long> OffsetAsync(int book, CancellationToken cancellation) =>
        _database.ReadAsync(connection => OffsetAsync(connection, book, cancellation), cancellation);

    /// <summary>The stored versions; payments that are not stored are left out.</summary>
    public async Task<IReadOnlyDictionary<PaymentId, long>> ReadVersionsAsync(
        IEnumerable<PaymentId> ids, CancellationToken cancellation)
    {
        var (condition, value) = _database.Dialect.IsAnyOf("id", "@ids", ids.Select(id => id.Value));
        var rows = await _database.QueryAsync(
            $"select id, version from payments where {condition}",
            row => (Id: ReadId(row.GetString(0)), Version: row.GetInt64(1)), cancellation, ("ids", value)).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Id, row => row.Version);
    }

    /// <summary>The stored ones among the payments.</summary>
    public async Task<IReadOnlyDictionary<PaymentId, Payment>> FindAllAsync(
        IEnumerable<PaymentId> ids, CancellationToken cancellation)
    {
        var (condition, value) = _database.Dialect.IsAnyOf("id", "@ids", ids.Select(id => id.Value));
        var rows = await _database.QueryAsync(
            $"select body from payments where {condition}", ReadBody, cancellation, ("ids", value))
            .ConfigureAwait(false);
        return rows.ToDictionary(payment => payment.Id);
    }

    /// <summary>Minor units of the payments begun since then that have succeeded, by channel.</summary>
    public async Task<IReadOnlyDictionary<ChannelId, long>> SumSucceededSinceAsync(
        DateTimeOffset since, CancellationToken cancellation)
    {
        var sums = await _database.QueryAsync(
            $"""
            select channel, cast(sum(amount) as bigint) from payments
            where created_at >= @since and channel is not null and state = {(int)PaymentState.Succeeded}
            group by channel
            """,
            row => (Channel: ChannelId.Unchecked(row.GetString(0)), Sum: row.GetInt64(1)),
            cancellation, ("since", since.ToStored())).ConfigureAwait(false);
        return sums.ToDictionary(row => row.Channel, row => row.Sum);
    }

    public Task<IReadOnlyList<Payment>> ListAcceptedAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation) =>
        _database.QueryAsync(
            """
            select body from payments where created_at < @to and (created_at, id) > (@created_at, @id)
            order by created_at, id limit @limit
            """,
            ReadBody,
            cancellation,
            ("to", to.ToStored()), ("created_at", (after?.CreatedAt ?? from).ToStored()), ("id", after?.Id.Value ?? ""),
            ("limit", limit));

    public async Task<IReadOnlyList<PaymentId>> OfChannelNumberAsync(
        string channelNumber, int limit, CancellationToken cancellation)
    {
        var (from, to) = ChannelNumberRow.RangeOf(channelNumber);
        var keys = await _database.QueryAsync(
            """
            select number_payment from channel_numbers where number_payment >= @from and number_payment < @to
            order by number_payment limit @limit
            """,
            row => row.GetString(0), cancellation, ("from", from), ("to", to), ("limit", limit)).ConfigureAwait(false);
        return [.. keys.Select(key => ChannelNumberRow.PaymentIn(key, channelNumber)).OfType<PaymentId>()];
    }

    public Task<PaymentPage> ReadPageAsync(
        PaymentFilter filter, string? cursor, int limit, CancellationToken cancellation) =>
        _pages.ReadAsync(filter, cursor, limit, cancellation);

    /// <summary>All payments that are at a channel or with people.</summary>
    public Task ForEachOpenAsync(Action<Payment> look, CancellationToken cancellation) =>
        ForEachOpenAsync(int.MaxValue, look, cancellation);

    public async Task<bool> ForEachOpenAsync(int most, Action<Payment> look, CancellationToken cancellation)
    {
        IReadOnlyList<Payment> page;
        var (last, looked) = ("", 0);
        do
        {
            page = await _database.QueryAsync(
                $"select body from payments where {StillOpen} and id > @last order by id limit {OpenPage}",
                ReadBody, cancellation, ("last", last)).ConfigureAwait(false);
            foreach (var payment in page)
            {
                if (looked++ == most)
                {
                    return false;
                }

                look(payment);
                last = payment.Id.Value;
            }
        }
        while (page.Count == OpenPage);
        return true;
    }

    /// <summary>Payments that are suspended or have open cases, the oldest first.</summary>
    /// <param name="cursor">Null for the first page, then the page's <see cref="PaymentPage.Next"/>.</param>
    public async Task<PaymentPage> ListCasesAsync(int limit, string? cursor, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var (createdAt, id) = PageCursor.Read(cursor, long.MinValue, text => PaymentId.Parse(text) is not null);
        var payments = await _database.QueryAsync(
            """
            select body from payments where needs_person and (created_at, id) > (@created_at, @id)
            order by created_at, id limit @limit
            """,
            ReadBody,
            cancellation, ("created_at", createdAt), ("id", id), ("limit", limit + 1)).ConfigureAwait(false);
        var (items, next) = PageCursor.Page(payments, limit, last => (last.CreatedAt, last.Id.Value));
        return new PaymentPage(items, next);
    }

    public async Task<long> CountCasesAsync(CancellationToken cancellation) => (await _database.QueryAsync(
        "select count(*) from payments where needs_person", row => row.GetInt64(0), cancellation).ConfigureAwait(false))[0];

    private static async Task AdvanceAsync(
        DbConnection connection, int book, long from, long through, CancellationToken cancellation)
    {
        var statement = from == 0
            ? "insert into book_offsets (book, sequence) values (@book, @through) "
                + "on conflict (book) do update set sequence = @through where book_offsets.sequence = @from"
            : "update book_offsets set sequence = @through where book = @book and sequence = @from";
        if (await connection.ExecuteAsync(statement, cancellation, ("book", book), ("through", through), ("from", from)) != 1)
        {
            throw new ProjectionGapException(book, from, await OffsetAsync(connection, book, cancellation));
        }
    }

    private static async Task<long> OffsetAsync(DbConnection connection, int book, CancellationToken cancellation)
    {
        var offsets = await connection.QueryAsync(
            "select sequence from book_offsets where book = @book", row => row.GetInt64(0), cancellation, ("book", book));
        return offsets.SingleOrDefault();
    }

    private static Payment ReadBody(DbDataReader row) => PaymentCodec.Decode(row.GetFieldValue<byte[]>(0));

    private static PaymentId ReadId(string text) =>
        PaymentId.Parse(text) ?? throw new InvalidDataException($"'{text}' in the table of payments is no payment's id.");
}

/// <summary>A book's changes for the read model.</summary>
/// <param name="Changed">Payments in their state after the last row that is written; a version is the sequence number of
/// the row that last changed the payment. The latest of several versions is written.</param>
/// <param name="Accepted">Payments accepted after the table's row; if the table holds one of them, nothing is
/// written.</param>
/// <param name="Untold">Changes of which merchants are to be told, in the order of rows.</param>
public sealed record ReadModelChanges(
    IReadOnlyList<(Payment Payment, long Version)> Changed, IReadOnlySet<PaymentId> Accepted,
    IReadOnlyList<(Payment Payment, long Row)> Untold);

/// <summary>A projection's rows do not follow on what the table holds. Going on would lose or repeat changes.</summary>
public sealed class ProjectionGapException(int book, long expected, long stored)
    : Exception($"The read model of book {book} stands at {stored}, rows after {expected} do not follow.")
{
    public long Stored { get; } = stored;
}
