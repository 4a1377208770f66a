using System.Data.Common;
using System.Globalization;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Audit rows of operators' actions on webhooks, written in the same transaction. They keep the webhooks' earlier state,
/// because the delivery log starts to count anew.
/// </summary>
internal static class WebhookAudit
{
    private const int UrlsNamed = 3;

    /// <summary>Empty when the webhook does not exist, or is never sent.</summary>
    public static async Task<IReadOnlyList<AuditRow>> OfResendAsync(
        DbConnection connection, NotificationId id, string by, DateTimeOffset now, CancellationToken cancellation) =>
        await connection.QueryAsync(
            """
            select payment, state, attempts, last_status, last_error, url, round from notifications
            where id = @id and url <> ''
            """,
            row => new AuditRow(
                new AuditEntry(
                    $"{id}/{row.GetInt64(6)}", now, by, $"notification {id} sent again", null,
                    $"to {row.GetString(5)}; it was {((int)row.GetInt64(1)).ToKnown<NotificationState>().Name()} after "
                        + Attempts(row.GetInt64(2), (int)row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4)),
                    row.GetString(0)),
                1),
            cancellation, ("id", id.Value));

    public static async Task<IReadOnlyList<AuditRow>> OfEnableAsync(
        DbConnection connection, MerchantId merchant, string by, DateTimeOffset now, CancellationToken cancellation)
    {
        var gone = await connection.QueryAsync(
            "select url, gone_at from notification_endpoints where merchant = @merchant order by gone_at",
            row => $"{row.GetString(0)} gone since {row.GetInt64(1).ToTime():yyyy-MM-ddTHH:mm:ssZ}",
            cancellation, ("merchant", merchant.Value));
        var held = await connection.QueryAsync(
            $"""
            select count(*), coalesce(sum(attempts), 0) from notifications
            where merchant = @merchant and state = {WebhookTables.Held}
            """,
            row => (Count: row.GetInt64(0), Attempts: Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture)),
            cancellation, ("merchant", merchant.Value));
        var named = gone.Take(UrlsNamed).Append(gone.Count > UrlsNamed ? $"and {gone.Count - UrlsNamed} more" : null);
        var stood = string.Create(
            CultureInfo.InvariantCulture, $"{held[0].Count} held, after {held[0].Attempts} attempts in all");
        var evidence = string.Join("; ", named.Prepend(stood).OfType<string>());
        var id = string.Create(CultureInfo.InvariantCulture, $"enable/{merchant}/{now.ToStored()}");
        return [new AuditRow(new AuditEntry(id, now, by, $"notifications to {merchant} enabled", null, evidence, null), 1)];
    }

    private static string Attempts(long attempts, int status, string? error)
    {
        var last = status != 0 ? $"HTTP {status}" : error;
        return string.Create(
            CultureInfo.InvariantCulture, $"{attempts} attempts{(last is null ? "" : $", the last one ended with {last}")}");
    }
}
