using System.Data.Common;
using System.Globalization;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Cases;

public sealed class BulkStore
{
    private const string ItemColumns = "bulk, no, payment, amount, content, state, refusal";

    private readonly RouterDatabase _database;

    private BulkStore(RouterDatabase database) => _database = database;

    public static async Task<BulkStore> OpenAsync(RouterDatabase database, CancellationToken cancellation)
    {
        await database.CreateAsync(CreateAsync, cancellation);
        return new BulkStore(database);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            $"""
            {BulkRow.Table.CreateStatement(dialect)};
            {BulkItemRow.Table.CreateStatement(dialect)};
            create index if not exists bulk_items_state on bulk_items (bulk, state, no);
            {AuditTrail.Statements(dialect)}
            """,
            cancellation);

    public Task AddAsync(BulkProposal bulk, IReadOnlyList<BulkItem> items, CancellationToken cancellation) =>
        _database.WriteAsync(
            async connection =>
            {
                await _database.Dialect.UpsertAsync(connection, BulkRow.Table, [new BulkRow(bulk)], cancellation);
                await _database.Dialect.UpsertAsync(
                    connection, BulkItemRow.Table, [.. items.Select(item => new BulkItemRow(item))], cancellation);
                await NoteAsync(connection, bulk, cancellation);
                return items.Count;
            },
            cancellation);

    /// <summary>False: another person has settled the list meanwhile.</summary>
    public Task<bool> SettleAsync(BulkProposal settled, CancellationToken cancellation) => _database.WriteAsync(
        async connection =>
        {
            var changed = await connection.ExecuteAsync(
                $"update bulk_proposals set state = @state, body = @body where id = @id and state = {(int)ProposalState.Pending}",
                cancellation, ("state", (long)settled.State), ("body", BulkCodec.Encode(settled)), ("id", settled.Id));
            if (changed == 1)
            {
                await NoteAsync(connection, settled, cancellation);
            }

            return changed == 1;
        },
        cancellation);

    public async Task<BulkProposal?> FindAsync(string id, CancellationToken cancellation) => (await _database.QueryAsync(
        "select body from bulk_proposals where id = @id", ReadBulk, cancellation, ("id", id)).ConfigureAwait(false))
        .SingleOrDefault();

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<BulkProposal>> ListAsync(int limit, DateTimeOffset? before, CancellationToken cancellation) =>
        _database.QueryAsync(
            "select body from bulk_proposals where at < @at order by at desc, id limit @limit",
            ReadBulk, cancellation, ("at", before?.ToStored() ?? long.MaxValue), ("limit", limit));

    /// <summary>Approved lists with waiting payments, the oldest first.</summary>
    public Task<IReadOnlyList<BulkProposal>> UnfinishedAsync(CancellationToken cancellation) => _database.QueryAsync(
        $"""
        select body from bulk_proposals where state = {(int)ProposalState.Approved} and exists
        (select 1 from bulk_items where bulk = bulk_proposals.id and bulk_items.state = {(int)BulkItemState.Waiting})
        order by at
        """,
        ReadBulk, cancellation);

    /// <param name="state">Null: all states.</param>
    public Task<IReadOnlyList<BulkItem>> ItemsAsync(
        string bulk, BulkItemState? state, int after, int limit, CancellationToken cancellation) => _database.QueryAsync(
        $"""
        select {ItemColumns} from bulk_items where bulk = @bulk and (@state = 0 or state = @state) and no > @after
        order by no limit @limit
        """,
        ReadItem, cancellation,
        ("bulk", bulk), ("state", (long)(state ?? 0)), ("after", (long)after), ("limit", limit));

    public async Task<IReadOnlyDictionary<BulkItemState, int>> CountAsync(string bulk, CancellationToken cancellation) =>
        (await _database.QueryAsync(
            "select state, count(*) from bulk_items where bulk = @bulk group by state",
            row => (State: ((int)row.GetInt64(0)).ToKnown<BulkItemState>(), Count: (int)row.GetInt64(1)),
            cancellation, ("bulk", bulk)).ConfigureAwait(false)).ToDictionary(row => row.State, row => row.Count);

    /// <summary>Stores the ends of payments; a payment that has an end keeps it.</summary>
    public Task EndAsync(IReadOnlyList<BulkItem> items, CancellationToken cancellation) => _database.WriteAsync(
        async connection =>
        {
            await _database.Dialect.UpsertAsync(
                connection, BulkItemRow.Table, [.. items.Select(item => new BulkItemRow(item))], cancellation);
            return items.Count;
        },
        cancellation);

    private Task NoteAsync(DbConnection connection, BulkProposal bulk, CancellationToken cancellation) =>
        _database.Dialect.UpsertAsync(connection, AuditRow.Table, [.. AuditRow.Of(bulk)], cancellation);

    private static BulkProposal ReadBulk(DbDataReader row) => BulkCodec.Decode(row.GetFieldValue<byte[]>(0));

    private static BulkItem ReadItem(DbDataReader row) => new(
        row.GetString(0), (int)row.GetInt64(1),
        PaymentId.Parse(row.GetString(2)) ?? throw new InvalidDataException("A list holds what is no payment's id."),
        row.GetInt64(3), row.GetString(4), ((int)row.GetInt64(5)).ToKnown<BulkItemState>(),
        row.IsDBNull(6) ? null : Enum.Parse<PaymentRefusal>(row.GetString(6)));

    private sealed record BulkRow(BulkProposal Bulk)
    {
        public static readonly SqlTable<BulkRow> Table = new(
            "bulk_proposals",
            [
                new("id", SqlType.Text, row => row.Bulk.Id),
                new("at", SqlType.Number, row => row.Bulk.At.ToStored()),
                new("state", SqlType.Number, row => (long)row.Bulk.State),
                new("body", SqlType.Bytes, row => BulkCodec.Encode(row.Bulk)),
            ],
            Version: "state");
    }

    private sealed record BulkItemRow(BulkItem Item)
    {
        public static readonly SqlTable<BulkItemRow> Table = new(
            "bulk_items",
            [
                new("id", SqlType.Text, row => string.Create(CultureInfo.InvariantCulture, $"{row.Item.Bulk}/{row.Item.No}")),
                new("bulk", SqlType.Text, row => row.Item.Bulk),
                new("no", SqlType.Number, row => (long)row.Item.No),
                new("payment", SqlType.Text, row => row.Item.Payment.Value),
                new("amount", SqlType.Number, row => row.Item.Amount),
                new("content", SqlType.Text, row => row.Item.Content),
                new("state", SqlType.Number, row => (long)row.Item.State),
                new("refusal", SqlType.Text, row => row.Item.Refusal?.ToString()),
            ],
            Version: "state");
    }
}
