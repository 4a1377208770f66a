using System.Data.Common;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// The outbox as merchants' lanes use it: what is due, page by page, and what became of it. Rows come into it with the
/// payments that they tell of: the payments' read model writes them, and creates the tables.
/// </summary>
public sealed class NotificationOutbox(RouterDatabase database)
{
    /// <summary>What is due, endpoint by endpoint, and when the next one is.</summary>
    public Task<DuePage> ReadDueAsync(MerchantId merchant, DateTimeOffset now, DueQuery query, CancellationToken cancellation) =>
        database.ReadAsync(
            connection => new DueNotifications(connection, database.Dialect, merchant, now).ReadAsync(query, cancellation),
            cancellation);

    public Task<NotificationBacklog> BacklogAsync(MerchantId merchant, CancellationToken cancellation) =>
        database.ReadAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync(
                    $"""
                    select count(*), min(created_at) from notifications
                    where merchant = @merchant and state = {NotificationTables.Pending}
                    """,
                    row => new NotificationBacklog(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1).ToTime()),
                    cancellation, ("merchant", merchant.Value));
                return rows[0];
            },
            cancellation);

    /// <summary>
    /// What attempts ended in, all or nothing. URLs that answered "gone" are remembered, and what is pending for
    /// <paramref name="gone"/> is held as far as they are remembered still.
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
                        update notifications set state = {NotificationTables.Held}
                        where merchant = @merchant and state = {NotificationTables.Pending} and url = @url and exists (
                            select 1 from notification_endpoints e where e.merchant = @merchant and e.url = @url)
                        """,
                        cancellation, ("merchant", merchant.Value), ("url", url));
                }

                return deliveries.Count;
            },
            cancellation);

    /// <summary>
    /// Sends it again, now and by the schedule, under its old id. False: there is none of this id. An attempt that is
    /// under way meanwhile belongs to the round before and is not recorded. The audit trail keeps how it had gone before.
    /// </summary>
    public Task<bool> ResendAsync(NotificationId id, string by, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                var before = await NotificationAudit.OfResendAsync(connection, id, by, now, cancellation);
                var isThere = await connection.ExecuteAsync(
                    $"""
                    update notifications set state = {NotificationTables.Pending}, attempts = 0, due_at = @now,
                    round = round + 1 where id = @id
                    """,
                    cancellation, ("id", id.Value), ("now", now.ToStored())) > 0;
                await database.Dialect.UpsertAsync(connection, AuditRow.Table, before, cancellation);
                return isThere;
            },
            cancellation);

    /// <summary>
    /// Forgets which of the merchant's URLs are gone, and sends what was held for them. The audit trail keeps what that was.
    /// </summary>
    /// <returns>How many notifications that is.</returns>
    public Task<int> EnableAsync(MerchantId merchant, string by, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                var before = await NotificationAudit.OfEnableAsync(connection, merchant, by, now, cancellation);
                await database.Dialect.UpsertAsync(connection, AuditRow.Table, before, cancellation);
                await connection.ExecuteAsync(
                    "delete from notification_endpoints where merchant = @merchant",
                    cancellation, ("merchant", merchant.Value));
                return await connection.ExecuteAsync(
                    $"""
                    update notifications
                    set state = {NotificationTables.Pending}, attempts = 0, due_at = @now, round = round + 1
                    where merchant = @merchant and state = {NotificationTables.Held}
                    """,
                    cancellation, ("merchant", merchant.Value), ("now", now.ToStored()));
            },
            cancellation);

    /// <summary>
    /// Deletes the merchant's oldest notifications that were delivered and are older than that, at most so many.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> PruneAsync(
        MerchantId merchant, DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        // Looked for outside the writer's turn, for which payments wait.
        var ids = await database.ReadAsync(
            connection => connection.QueryAsync(
                $"""
                select id from notifications
                where merchant = @merchant and created_at < @before and state = {NotificationTables.Delivered}
                order by created_at, id limit @limit
                """,
                row => row.GetString(0),
                cancellation, ("merchant", merchant.Value), ("before", before.ToStored()), ("limit", limit)),
            cancellation);
        if (ids.Count == 0)
        {
            return 0;
        }

        var (isOneOf, value) = database.Dialect.IsAnyOf("id", "@ids", ids);
        return await database.WriteAsync(
            connection => connection.ExecuteAsync(
                $"delete from notifications where {isOneOf} and state = {NotificationTables.Delivered}",
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
