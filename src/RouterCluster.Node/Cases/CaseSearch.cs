using System.Data.Common;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Cases;

public sealed class CaseSearch(RouterDatabase database)
{
    private const int PageSize = 1000;

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<Payment>> FindAsync(
        CaseFilter filter, DateTimeOffset now, int most, CancellationToken cancellation)
    {
        var found = new List<Payment>();
        var (createdAt, id) = (long.MinValue, "");
        while (true)
        {
            var page = await PageAsync(filter, now, createdAt, id, cancellation).ConfigureAwait(false);
            found.AddRange(page.Where(payment => filter.Takes(payment, now)).Take(most - found.Count));
            if (page.Count < PageSize || found.Count == most)
            {
                return found;
            }

            (createdAt, id) = (page[^1].CreatedAt.ToStored(), page[^1].Id.Value);
        }
    }

    /// <summary>The columns narrow the rows to be read; the filter itself decides.</summary>
    private Task<IReadOnlyList<Payment>> PageAsync(
        CaseFilter filter, DateTimeOffset now, long createdAt, string id, CancellationToken cancellation) => database.QueryAsync(
        """
        select body from payments where needs_person and (created_at, id) > (@created_at, @id)
        and (@channel = '' or channel = @channel) and (@merchant = '' or merchant = @merchant)
        and (@product = 0 or product = @product) and amount <= @max_amount and created_at <= @created_by
        order by created_at, id limit @limit
        """,
        ReadBody,
        cancellation,
        ("created_at", createdAt), ("id", id), ("channel", filter.Channel?.Value ?? ""),
        ("merchant", filter.Merchant?.Value ?? ""), ("product", (long)(filter.Product ?? 0)),
        ("max_amount", filter.MaxAmount ?? long.MaxValue),
        ("created_by", (now - (filter.OlderThan ?? TimeSpan.Zero)).ToStored()), ("limit", PageSize));

    private static Payment ReadBody(DbDataReader row) => PaymentCodec.Decode(row.GetFieldValue<byte[]>(0));
}
