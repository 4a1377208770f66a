using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Webhooks;

/// <param name="Body">The webhook's, as it is or would have been sent.</param>
public sealed record WebhookEvent(NotificationId Id, ReadOnlyMemory<byte> Body);

/// <param name="Next">The id after which there are more; null: there are none now.</param>
public sealed record EventPage(IReadOnlyList<WebhookEvent> Items, NotificationId? Next);

/// <param name="Next">From then on there are more in the range; null: there are none.</param>
public sealed record ResentWebhooks(int Count, DateTimeOffset? Next);

/// <summary>Webhooks of which a merchant asks for itself, by their order in the table; those of the key's mode alone.</summary>
/// <remarks>
/// Rows are held between two bounds of the index over merchant, time and id, and equated with nothing, as payments' pages are.
/// </remarks>
public sealed class WebhookEvents(RouterDatabase database)
{
    /// <summary>Rows that one answer looks at, where most are of the other mode.</summary>
    private const int MostLooked = 10_000;

    internal const string Page = """
        select id, payment, created_at, url, body from notifications
        where (merchant, created_at, id) > (@merchant, @at, @id) and (merchant, created_at) < (@merchant, @until)
        order by merchant, created_at, id limit @limit
        """;

    /// <param name="after">Null: from the first one since <paramref name="from"/> on.</param>
    /// <param name="until">Events that are younger are not listed.</param>
    /// <returns>Null: the merchant has no event <paramref name="after"/> which to go on, or it is too old.</returns>
    public async Task<EventPage?> ListAsync(
        MerchantId merchant, ChannelMode mode, NotificationId? after, DateTimeOffset from, DateTimeOffset until, int limit,
        CancellationToken cancellation)
    {
        var place = after is { } last
            ? await PlaceOfAsync(merchant, last, cancellation).ConfigureAwait(false)
            : (At: from.ToStored(), Id: "");
        if (place is not { } known || known.At < from.ToStored())
        {
            return null;
        }

        var (found, looked) = (new List<WebhookEvent>(), 0);
        while (true)
        {
            var rows = await ReadAsync(merchant, known, until, limit + 1, cancellation).ConfigureAwait(false);
            var visible = await OfModeAsync(rows, mode, cancellation).ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (found.Count == limit || looked++ == MostLooked)
                {
                    return new EventPage(found, new NotificationId(known.Id));
                }

                known = (row.At, row.Id.Value);
                if (visible.Contains(row.Payment))
                {
                    found.Add(new WebhookEvent(row.Id, row.Body));
                }
            }

            if (rows.Count <= limit)
            {
                return new EventPage(found, Next: null);
            }
        }
    }

    /// <summary>Webhooks that are or were sent, written down in a range, at most <paramref name="most"/> of them.</summary>
    public async Task<(IReadOnlyList<NotificationId> Ids, DateTimeOffset? Next)> SentAsync(
        MerchantId merchant, ChannelMode mode, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation)
    {
        var rows = await ReadAsync(merchant, (from.ToStored(), ""), to, most + 1, cancellation).ConfigureAwait(false);
        var visible = await OfModeAsync(rows, mode, cancellation).ConfigureAwait(false);
        var sent = rows.Take(most).Where(row => row.IsSent && visible.Contains(row.Payment)).Select(row => row.Id);
        return ([.. sent], rows.Count > most ? rows[most].At.ToTime() : null);
    }

    private async Task<(long At, string Id)?> PlaceOfAsync(
        MerchantId merchant, NotificationId id, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            "select merchant, created_at from notifications where id = @id",
            row => (Merchant: row.GetString(0), At: row.GetInt64(1)), cancellation, ("id", id.Value)).ConfigureAwait(false);
        return rows is [var known] && known.Merchant == merchant.Value ? (known.At, id.Value) : null;
    }

    private Task<IReadOnlyList<Row>> ReadAsync(
        MerchantId merchant, (long At, string Id) after, DateTimeOffset until, int limit, CancellationToken cancellation) =>
        database.QueryAsync(
            Page,
            row => new Row(
                new NotificationId(row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetString(3).Length > 0,
                row.GetFieldValue<byte[]>(4)),
            cancellation,
            ("merchant", merchant.Value), ("at", after.At), ("id", after.Id), ("until", until.ToStored()),
            ("limit", (long)limit));

    private async Task<IReadOnlySet<string>> OfModeAsync(
        IReadOnlyList<Row> rows, ChannelMode mode, CancellationToken cancellation)
    {
        var (condition, value) = database.Dialect.IsAnyOf("id", "@ids", rows.Select(row => row.Payment).Distinct());
        var ids = await database.QueryAsync(
            $"select id from payments where {condition} and mode = @mode", row => row.GetString(0), cancellation,
            ("ids", value), ("mode", (long)mode)).ConfigureAwait(false);
        return ids.ToHashSet();
    }

    private sealed record Row(NotificationId Id, string Payment, long At, bool IsSent, byte[] Body);
}
