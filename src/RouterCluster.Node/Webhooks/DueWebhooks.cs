using System.Data.Common;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// One search for a merchant's due webhooks. It steps from endpoint to endpoint through an index, so that one endpoint's
/// backlog does not slow the search of others.
/// </summary>
internal sealed class DueWebhooks(
    DbConnection connection, SqlDialect dialect, MerchantId merchant, DateTimeOffset now)
{
    /// <summary>One search must end soon, however many endpoints there are.</summary>
    private const int MostEndpoints = 64;

    private readonly string _endpoint = dialect.UpToQuery("url");

    public async Task<DuePage> ReadAsync(DueQuery query, CancellationToken cancellation)
    {
        var due = new List<DueNotification>();
        var more = new List<string>();
        var after = query.After;
        for (var looked = 0; looked < MostEndpoints && due.Count < query.Limit; looked++)
        {
            if (await NextEndpointAsync(after, cancellation) is not { } key)
            {
                return new DuePage(due, await NextDueAsync(cancellation)) { More = more };
            }

            var endpoint = NotificationEndpoint.Of(key);
            var isLeftOut = query.Hosts.Contains(endpoint.Host);
            after = isLeftOut ? endpoint.EndOfHost : key;
            if (!isLeftOut && !query.Endpoints.Contains(key))
            {
                var found = await ReadAsync(key, query.LimitOfEndpoint, cancellation);
                due.AddRange(found);
                more.AddRange(found.Count >= query.LimitOfEndpoint ? [key] : []);
            }
        }

        return new DuePage(due, await NextDueAsync(cancellation)) { More = more, Next = after };
    }

    private async Task<string?> NextEndpointAsync(string after, CancellationToken cancellation)
    {
        var next = await connection.QueryAsync(
            $"""
            select {_endpoint} from notifications
            where merchant = @merchant and state = {WebhookTables.Pending} and due_at <= @now and {_endpoint} > @after
            order by {_endpoint} limit 1
            """,
            row => row.GetString(0),
            cancellation, ("merchant", merchant.Value), ("now", now.ToStored()), ("after", after));
        return next.SingleOrDefault();
    }

    private Task<IReadOnlyList<DueNotification>> ReadAsync(string endpoint, int limit, CancellationToken cancellation) =>
        connection.QueryAsync(
            $"""
            select n.id, n.url, n.body, n.attempts, n.round, e.url from notifications n
            left join notification_endpoints e on e.merchant = n.merchant and e.url = n.url
            where n.merchant = @merchant and n.state = {WebhookTables.Pending} and n.due_at <= @now
            and {dialect.UpToQuery("n.url")} = @endpoint
            order by n.due_at limit @limit
            """,
            row => new DueNotification(
                new NotificationId(row.GetString(0)), merchant, row.GetString(1), row.GetFieldValue<byte[]>(2),
                (int)row.GetInt64(3), row.GetInt64(4), !row.IsDBNull(5)),
            cancellation,
            ("merchant", merchant.Value), ("now", now.ToStored()), ("endpoint", endpoint), ("limit", limit));

    private async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation)
    {
        var next = await connection.QueryAsync(
            $"""
            select min(due_at) from notifications
            where merchant = @merchant and state = {WebhookTables.Pending} and due_at > @now
            """,
            row => row.IsDBNull(0) ? null : (DateTimeOffset?)row.GetInt64(0).ToTime(),
            cancellation, ("merchant", merchant.Value), ("now", now.ToStored()));
        return next[0];
    }
}
