using System.Data.Common;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// A book's rows by their numbers. Every statement reads a bounded number of them through the table's own index.
/// </summary>
/// <remarks>
/// A book is held between two bounds and equated with nothing: PostgreSQL would read the rows of all books by their numbers
/// where it takes one of them to have many.
/// </remarks>
internal sealed class BookRows(DbConnection connection, int book)
{
    private const string Between = $"""
        from {JournalHocon.Books}_journal
        where (persistence_id, sequence_number) >= (@book, @from) and (persistence_id, sequence_number) < (@book, @to)
        """;

    public static readonly string LastNumber =
        $"select sequence_number {Between} order by persistence_id desc, sequence_number desc limit 1";

    public static readonly string Heads = $"""
        select sequence_number, substr(message, 1, {PaymentEventCodec.HeadBytes}) {Between}
        order by persistence_id, sequence_number limit @limit
        """;

    public static readonly string Rows = $"""
        select sequence_number, created, message {Between} order by persistence_id, sequence_number limit @limit
        """;

    private readonly string _book = PaymentBookEntity.PersistenceIdOf(book);

    /// <summary>Null: the journal has none.</summary>
    public async Task<long?> LastAsync(CancellationToken cancellation)
    {
        var last = await connection.QueryAsync(
            LastNumber, row => row.GetInt64(0), cancellation, ("book", _book), ("from", 0L), ("to", long.MaxValue));
        return last.Count == 0 ? null : last[0];
    }

    /// <summary>
    /// The last row before <paramref name="to"/> that begins earlier than the moment; else <paramref name="from"/>.
    /// </summary>
    public async Task<long> LastBeforeAsync(DateTimeOffset moment, long from, long to, CancellationToken cancellation)
    {
        while (to - from > 1)
        {
            var middle = from + ((to - from) / 2);
            if (await FirstWithEventsAsync(middle, to, cancellation) is var (number, at) && at < moment)
            {
                from = number;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    public Task<IReadOnlyList<BookRowRead>> ReadAsync(long from, long to, int limit, CancellationToken cancellation) =>
        connection.QueryAsync(
            Rows,
            row => new BookRowRead(
                row.GetInt64(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetFieldValue<byte[]>(2)),
            cancellation, ("book", _book), ("from", from), ("to", to), ("limit", (long)limit));

    /// <summary>A book's owner begins with a row that may have no events, of which SQLite says null.</summary>
    private async Task<(long Number, DateTimeOffset At)?> FirstWithEventsAsync(
        long from, long to, CancellationToken cancellation)
    {
        while (from < to)
        {
            var heads = await connection.QueryAsync(
                Heads, row => (Number: row.GetInt64(0), Head: row.IsDBNull(1) ? [] : row.GetFieldValue<byte[]>(1)), cancellation,
                ("book", _book), ("from", from), ("to", to), ("limit", 1L));
            if (heads.Count == 0)
            {
                return null;
            }

            if (PaymentEventCodec.FirstAt(heads[0].Head) is { } at)
            {
                return (heads[0].Number, at);
            }

            from = heads[0].Number + 1;
        }

        return null;
    }
}

/// <param name="At">When it went to the storage.</param>
internal sealed record BookRowRead(long Number, DateTimeOffset At, byte[] Bytes);
