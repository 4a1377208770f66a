using System.Data.Common;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// The outbox for merchants' lanes: due webhooks, page by page, and the ends of attempts. The payments' read model
/// creates the tables and writes the rows.
/// </summary>
public sealed class WebhookOutbox(RouterDatabase database)
{
    /// <summary>The due webhooks, endpoint by endpoint, and the time of the next one.</summary>
    public Task<DuePage> ReadDueAsync(MerchantId merchant, DateTimeOffset now, DueQuery query, CancellationToken cancellation) =>
        database.ReadAsync(
            connection => new DueWebhooks(connection, database.Dialect, merchant, now).ReadAsync(query, cancellation),
            cancellation);

    public Task<WebhookBacklog> BacklogAsync(MerchantId merchant, CancellationToken cancellation) =>
        database.ReadAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync(
                    $"""
                    select count(*), min(created_at), coalesce(max(attempts), 0) from notifications
                    where merchant = @merchant and state = {WebhookTables.Pending}
                    """,
                    row => new WebhookBacklog(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1).ToTime())
                    {
                        MostTries = (int)row.GetInt64(2),
                    },
                    cancellation, ("merchant", merchant.Value));
                return rows[0];
            },
            cancellation);

    /// <summary>
    /// Stores the ends of attempts, all or nothing. URLs that answered 410 are remembered, and pending webhooks for
    /// <paramref name="gone"/> are held if they are still remembered.
    /// </summary>
    public Task RecordAsync(
        MerchantId merchant, IReadOnlyList<DeliveryRecord> deliveries, IReadOnlyList<string> gone,
        CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                foreach (var delivery in deliveries)
                {
                    await RecordAsync(connection, merchant, delivery, cancellation);
                }

                foreach (var url in gone)
                {
                    await connection.ExecuteAsync(
                        $"""
                        update notifications set state = {WebhookTables.Held}
                        where merchant = @merchant and state = {WebhookTables.Pending} and url = @url and exists (
                            select 1 from notification_endpoints e where e.merchant = @merchant and e.url = @url)
                        """,
                        cancellation, ("merchant", merchant.Value), ("url", url));
                }

                return deliveries.Count;
            },
            cancellation);

    /// <summary>
    /// Sends a webhook again, now and by the schedule, under its old id. False: the id is unknown. An attempt that runs
    /// meanwhile belongs to the earlier round and is not recorded. The audit trail keeps the earlier state.
    /// </summary>
    public Task<bool> ResendAsync(NotificationId id, string by, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                var before = await WebhookAudit.OfResendAsync(connection, id, by, now, cancellation);
                if (before.Count == 0)
                {
                    return false;
                }

                var isThere = await connection.ExecuteAsync(
                    $"""
                    update notifications set state = {WebhookTables.Pending}, attempts = 0, due_at = @now,
                    round = round + 1 where id = @id and url <> ''
                    """,
                    cancellation, ("id", id.Value), ("now", now.ToStored())) > 0;
                await database.Dialect.UpsertAsync(connection, AuditRow.Table, before, cancellation);
                return isThere;
            },
            cancellation);

    /// <summary>Sends webhooks again, now and by the schedule, under their old ids; returns how many there were.</summary>
    /// <param name="record">For the audit trail, instead of a row for each of them.</param>
    public Task<int> ResendAsync(
        IReadOnlyList<NotificationId> ids, AuditEntry record, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                var (condition, value) = database.Dialect.IsAnyOf("id", "@ids", ids.Select(id => id.Value));
                var count = await connection.ExecuteAsync(
                    $"""
                    update notifications set state = {WebhookTables.Pending}, attempts = 0, due_at = @now,
                    round = round + 1 where {condition} and url <> ''
                    """,
                    cancellation, ("ids", value), ("now", now.ToStored()));
                await database.Dialect.UpsertAsync(connection, AuditRow.Table, [new AuditRow(record, 1)], cancellation);
                return count;
            },
            cancellation);

    /// <summary>
    /// Forgets which of the merchant's URLs answered 410 and sends the webhooks that were held for them. The audit trail
    /// keeps the earlier state.
    /// </summary>
    /// <returns>The number of released webhooks.</returns>
    public Task<int> EnableAsync(MerchantId merchant, string by, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                var before = await WebhookAudit.OfEnableAsync(connection, merchant, by, now, cancellation);
                await database.Dialect.UpsertAsync(connection, AuditRow.Table, before, cancellation);
                await connection.ExecuteAsync(
                    "delete from notification_endpoints where merchant = @merchant",
                    cancellation, ("merchant", merchant.Value));
                return await connection.ExecuteAsync(
                    $"""
                    update notifications
                    set state = {WebhookTables.Pending}, attempts = 0, due_at = @now, round = round + 1
                    where merchant = @merchant and state = {WebhookTables.Held}
                    """,
                    cancellation, ("merchant", merchant.Value), ("now", now.ToStored()));
            },
            cancellation);

    /// <summary>Deletes the merchant's oldest delivered webhooks up to the limit and returns their number.</summary>
    public async Task<int> PruneAsync(
        MerchantId merchant, DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        // Read outside the writer's turn, for which payments wait.
        var ids = await database.QueryAsync(
            $"""
            select id from notifications
            where merchant = @merchant and created_at < @before and state = {WebhookTables.Delivered}
            order by created_at, id limit @limit
            """,
            row => row.GetString(0),
            cancellation, ("merchant", merchant.Value), ("before", before.ToStored()), ("limit", limit));
        if (ids.Count == 0)
        {
            return 0;
        }

        var (isOneOf, value) = database.Dialect.IsAnyOf("id", "@ids", ids);
        return await database.WriteAsync(
            connection => connection.ExecuteAsync(
                $"delete from notifications where {isOneOf} and state = {WebhookTables.Delivered}",
                cancellation, ("ids", value)),
            cancellation);
    }

    private static async Task RecordAsync(
        DbConnection connection, MerchantId merchant, DeliveryRecord delivery, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(
            """
            update notifications set state = @state, attempts = @attempts, due_at = @due_at, last_at = @at,
            last_status = @status, last_error = @error where id = @id and round = @round
            """,
            cancellation,
            ("state", (long)delivery.State), ("attempts", (long)delivery.Attempts), ("due_at", delivery.DueAt.ToStored()),
            ("at", delivery.At.ToStored()), ("status", (long)(delivery.Outcome.Status ?? 0)),
            ("error", delivery.Outcome.Error ?? (object)DBNull.Value), ("id", delivery.Id.Value), ("round", delivery.Round));
        if (delivery.Outcome.IsGone)
        {
            await connection.ExecuteAsync(
                """
                insert into notification_endpoints (merchant, url, gone_at) values (@merchant, @url, @at)
                on conflict (merchant, url) do nothing
                """,
                cancellation, ("merchant", merchant.Value), ("url", delivery.Url), ("at", delivery.At.ToStored()));
        }
    }
}
