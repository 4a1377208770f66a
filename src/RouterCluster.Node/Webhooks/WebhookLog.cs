using System.Data.Common;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <summary>The outbox for people: all webhooks, newest first.</summary>
public sealed class WebhookLog(RouterDatabase database)
{
    private const string Columns =
        "id, merchant, payment, type, url, state, attempts, created_at, due_at, last_at, last_status, last_error";

    public async Task<WebhookEntry?> FindAsync(NotificationId id, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            $"select {Columns} from notifications where id = @id", ReadEntry, cancellation, ("id", id.Value))
            .ConfigureAwait(false);
        return rows.SingleOrDefault();
    }

    /// <param name="cursor">Null for the first page, then the page's <see cref="WebhookPage.Next"/>.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    public async Task<WebhookPage> ListAsync(
        WebhookFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var (createdAt, id) = PageCursor.Read(cursor, long.MaxValue, text => NotificationId.Parse(text) is not null);
        var (condition, values) = Condition(filter);
        var entries = await database.QueryAsync(
            $"""
            select {Columns} from notifications where (created_at, id) < (@created_at, @id){condition}
            order by created_at desc, id desc limit @limit
            """,
            ReadEntry,
            cancellation, [("created_at", createdAt), ("id", id), ("limit", limit + 1), .. values]).ConfigureAwait(false);
        var (items, next) = PageCursor.Page(entries, limit, last => (last.CreatedAt, last.Id.Value));
        return new WebhookPage(items, next);
    }

    /// <summary>A payment's webhooks are found by their ids, which derive from the payment's.</summary>
    private static (string Condition, IReadOnlyList<(string, object)> Values) Condition(WebhookFilter filter)
    {
        var condition = "";
        var values = new List<(string, object)>();
        if (filter.Merchant is { } merchant)
        {
            condition += " and merchant = @merchant";
            values.Add(("merchant", merchant.Value));
        }

        if (filter.State is { } state)
        {
            condition += $" and state = {(int)state}";
            // In the exact words of the index: SQLite would not use it otherwise.
            condition += state == NotificationState.Delivered ? "" : $" and state <> {WebhookTables.Delivered}";
        }

        if (filter.Payment is { } payment)
        {
            var (from, to) = NotificationId.RangeOf(payment);
            condition += " and id >= @from and id < @to and payment = @payment";
            values.AddRange([("from", from), ("to", to), ("payment", payment.Value)]);
        }

        return (condition, values);
    }

    private static WebhookEntry ReadEntry(DbDataReader row)
    {
        var state = ((int)row.GetInt64(5)).ToKnown<NotificationState>();
        var last = row.GetInt64(9);
        var status = (int)row.GetInt64(10);
        return new WebhookEntry(
            new NotificationId(row.GetString(0)),
            MerchantId.Unchecked(row.GetString(1)),
            PaymentId.Parse(row.GetString(2)) ?? throw new InvalidDataException($"'{row.GetString(2)}' is no payment's id."),
            ((int)row.GetInt64(3)).ToKnown<NotificationType>(),
            row.GetString(4),
            state,
            (int)row.GetInt64(6),
            row.GetInt64(7).ToTime(),
            state == NotificationState.Pending ? row.GetInt64(8).ToTime() : null,
            last == 0 ? null : last.ToTime(),
            status == 0 ? null : status,
            row.IsDBNull(11) ? null : row.GetString(11));
    }
}
