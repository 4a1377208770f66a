using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Notices;

/// <summary>Verified notices without an order here, kept for people.</summary>
public interface IStrayNotices
{
    /// <summary>Durable when it returns. A repeated notice is counted, not kept twice.</summary>
    Task KeepAsync(StrayNotice notice, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    /// <param name="cursor">Null for the first page, then the page's <see cref="StrayNoticePage.Next"/>.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    Task<StrayNoticePage> ListAsync(int limit, string? cursor, CancellationToken cancellation);
}

/// <param name="Reason">Why the notice belongs to no order: <c>unknown_order</c>, <c>wrong_amount</c> and the like.</param>
/// <param name="Class">The outcome class that the notice reports.</param>
/// <param name="ReceivedAt">The last of the <paramref name="Times"/> that it came.</param>
public sealed record StrayNotice(
    ChannelId Channel, string OrderNo, string Reason, string Class, string Code, string? Message, long Amount, string Currency,
    string? ChannelOrderNo, DateTimeOffset ReceivedAt, long Times = 1)
{
    /// <summary>The same content from the same channel is the same notice.</summary>
    public string Id
    {
        get
        {
            var words = string.Join('\n', Channel, OrderNo, Reason, Class, Code, Amount, Currency, ChannelOrderNo);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 16));
        }
    }
}

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record StrayNoticePage(IReadOnlyList<StrayNotice> Items, string? Next);

/// <summary>No money depends on the table, so the oldest notices are deleted when there are too many.</summary>
/// <param name="keep">A channel that sends another installation's notices must not fill the disk.</param>
public sealed class StrayNotices(RouterDatabase database, int keep) : IStrayNotices
{
    private const string Columns =
        "channel, order_no, reason, class, code, message, amount, currency, channel_order_no, received_at, times";

    public static async Task<StrayNotices> OpenAsync(RouterDatabase database, int keep, CancellationToken cancellation)
    {
        await database.CreateAsync(CreateAsync, cancellation);
        return new StrayNotices(database, keep);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        var number = dialect.TypeName(SqlType.Number);
        return connection.ExecuteAsync(
            $"""
            create table if not exists stray_notices (
              id text primary key, channel text not null, order_no text not null, reason text not null,
              class text not null, code text not null, message text, amount {number} not null, currency text not null,
              channel_order_no text, received_at {number} not null, times {number} not null);
            create index if not exists stray_notices_received on stray_notices (received_at, id)
            """,
            cancellation);
    }

    public Task KeepAsync(StrayNotice notice, CancellationToken cancellation) => database.WriteAsync(
        async connection =>
        {
            await connection.ExecuteAsync(
                $"""
                insert into stray_notices (id, {Columns})
                values (@id, @channel, @order_no, @reason, @class, @code, @message, @amount, @currency, @channel_order_no, @at, 1)
                on conflict (id) do update set times = stray_notices.times + 1, received_at = excluded.received_at
                """,
                cancellation,
                ("id", notice.Id), ("channel", notice.Channel.Value), ("order_no", notice.OrderNo), ("reason", notice.Reason),
                ("class", notice.Class), ("code", notice.Code), ("message", Nullable(notice.Message)), ("amount", notice.Amount),
                ("currency", notice.Currency), ("channel_order_no", Nullable(notice.ChannelOrderNo)),
                ("at", notice.ReceivedAt.ToStored()));
            return await connection.ExecuteAsync(
                """
                delete from stray_notices where (received_at, id) <=
                  (select received_at, id from stray_notices order by received_at desc, id desc limit 1 offset @keep)
                """,
                cancellation, ("keep", (long)keep));
        },
        cancellation);

    public async Task<StrayNoticePage> ListAsync(int limit, string? cursor, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var (at, id) = PageCursor.Read(cursor, long.MaxValue, _ => true);
        var notices = await database.QueryAsync(
            $"""
            select {Columns} from stray_notices where (received_at, id) < (@at, @id)
            order by received_at desc, id desc limit @limit
            """,
            Read, cancellation, ("at", at), ("id", id), ("limit", limit + 1)).ConfigureAwait(false);
        var (items, next) = PageCursor.Page(notices, limit, last => (last.ReceivedAt, last.Id));
        return new StrayNoticePage(items, next);
    }

    private static StrayNotice Read(DbDataReader row) => new(
        ChannelId.Unchecked(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetInt64(6), row.GetString(7),
        row.IsDBNull(8) ? null : row.GetString(8), row.GetInt64(9).ToTime(), row.GetInt64(10));

    private static object Nullable(string? text) => text is null ? DBNull.Value : text;
}
