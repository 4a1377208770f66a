using System.Data.Common;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// The outbox: a row per change of a payment, written with the payment and changed by its merchant's lane; and the URLs
/// that have answered 410. A row without URL is never sent, and counts as delivered. Times are Unix milliseconds, enums the
/// domain's numbers.
/// </summary>
internal static class WebhookTables
{
    public const int Pending = (int)NotificationState.Pending;
    public const int Delivered = (int)NotificationState.Delivered;
    public const int Held = (int)NotificationState.Held;

    private static readonly SqlTable<NewWebhook> Table = new(
        "notifications",
        [
            new("id", SqlType.Text, row => row.Id.Value),
            new("merchant", SqlType.Text, row => row.Merchant.Value),
            new("payment", SqlType.Text, row => row.Payment.Value),
            new("type", SqlType.Number, row => (long)row.Type),
            new("url", SqlType.Text, row => row.Url ?? ""),
            new("body", SqlType.Bytes, row => row.Body),
            new("created_at", SqlType.Number, row => row.At.ToStored()),
            new("state", SqlType.Number, row => row.IsSent ? (long)NotificationState.Pending : Delivered),
            new("attempts", SqlType.Number, _ => 0L),
            new("round", SqlType.Number, _ => 0L),
            new("due_at", SqlType.Number, row => row.At.ToStored()),
            new("last_at", SqlType.Number, _ => 0L),
            new("last_status", SqlType.Number, _ => 0L),
            new("last_error", SqlType.Text, _ => null),
        ],
        Version: null);

    /// <summary>To be called in a transaction that holds the lock on the schema.</summary>
    public static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            $"""
            {Table.CreateStatement(dialect)};
            create index if not exists notifications_due on notifications (merchant, due_at) where state = {Pending};
            create index if not exists notifications_endpoint
                on notifications (merchant, ({dialect.UpToQuery("url")}), due_at) where state = {Pending};
            create index if not exists notifications_open on notifications (created_at, id) where state <> {Delivered};
            create index if not exists notifications_at on notifications (created_at, id);
            create index if not exists notifications_merchant on notifications (merchant, created_at, id);
            create table if not exists notification_endpoints (
                merchant text not null, url text not null, gone_at bigint not null, primary key (merchant, url))
            """,
            cancellation);

    /// <summary>Rows that exist already stay unchanged.</summary>
    public static Task AddAsync(
        DbConnection connection, SqlDialect dialect, IReadOnlyList<NewWebhook> notices, CancellationToken cancellation) =>
        notices.Count == 0 ? Task.CompletedTask : dialect.UpsertAsync(connection, Table, notices, cancellation);
}
