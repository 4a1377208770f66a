using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Pages of payments that fit a filter. One index leads to the candidates in the order of the list, and each candidate is
/// held against the whole filter. An answer looks at no more candidates than <see cref="MostExamined"/>, however few fit.
/// </summary>
internal sealed class PaymentPages(RouterDatabase database)
{
    public const int MostExamined = 10_000;

    /// <summary>Candidates that are read at once.</summary>
    private const int MostAtOnce = 1_000;

    private static readonly string Unsuccessful = $"state <> {(int)PaymentState.Succeeded}";

    /// <summary>Most payments succeed and have left the other states, so these need little room in an index.</summary>
    public static readonly string Indexes =
        $"""
        create index if not exists payments_of_channel on payments (channel, created_at, id);
        create index if not exists payments_of_merchant on payments (merchant, created_at, id);
        create index if not exists payments_unsuccessful on payments (state, created_at, id) where {Unsuccessful};
        """;

    /// <summary>A full page that ends with the last candidate looked at, or the end of the list.</summary>
    public async Task<PaymentPage> ReadAsync(
        PaymentFilter filter, string? cursor, int limit, CancellationToken cancellation)
    {
        var place = PageCursor.Read(cursor, StartOf(filter), text => PaymentId.Parse(text) is not null);
        var (found, examined) = (new List<Payment>(limit), 0);
        var atOnce = Math.Min(limit + 1, MostAtOnce);
        while (true)
        {
            var candidates = await ReadAsync(filter, place, atOnce, cancellation).ConfigureAwait(false);
            foreach (var candidate in candidates)
            {
                if (found.Count == limit || examined == MostExamined)
                {
                    return new PaymentPage(found, PageCursor.Of(place));
                }

                examined++;
                place = (candidate.CreatedAt.ToStored(), candidate.Id.Value);
                if (filter.Fits(candidate))
                {
                    found.Add(candidate);
                }
            }

            if (candidates.Count < atOnce)
            {
                return new PaymentPage(found, Next: null);
            }

            atOnce = MostAtOnce;
        }
    }

    /// <summary>The statement that reads candidates, for a filter that <see cref="PaymentFilter.HasIndex"/>.</summary>
    /// <remarks>
    /// A channel or merchant is held between two bounds of its index and equated with nothing: PostgreSQL would read all
    /// payments by time where it takes one of them to have many.
    /// </remarks>
    public static string Statement(PaymentFilter filter)
    {
        var (end, beyond, order) = filter.OldestFirst ? ("<", ">", "asc") : (">=", "<", "desc");
        var (condition, column, value) = Index(filter);
        return $"""
            select body from payments
            where {condition} ({column} created_at) {end} ({value} @end) and ({column} created_at, id) {beyond} ({value} @at, @id)
            order by {column.Replace(",", $" {order},", StringComparison.Ordinal)} created_at {order}, id {order} limit @limit
            """;
    }

    private Task<IReadOnlyList<Payment>> ReadAsync(
        PaymentFilter filter, (long At, string Id) place, int limit, CancellationToken cancellation) =>
        database.QueryAsync(
            Statement(filter), row => PaymentCodec.Decode(row.GetFieldValue<byte[]>(0)), cancellation,
            [.. Parameters(filter), ("at", place.At), ("id", place.Id), ("limit", (long)limit)]);

    private static IEnumerable<(string Name, object Value)> Parameters(PaymentFilter filter)
    {
        yield return ("end", filter.OldestFirst
            ? filter.Until.ToStored() ?? long.MaxValue
            : filter.Since.ToStored() ?? long.MinValue);
        if (filter.Channel is { } channel)
        {
            yield return ("channel", channel.Value);
        }

        if (filter.Merchant is { } merchant)
        {
            yield return ("merchant", merchant.Value);
        }
    }

    /// <summary>
    /// The filter's equality that leads to the fewest candidates. A payment stays but briefly in the states that are no end.
    /// </summary>
    private static (string Condition, string Column, string Value) Index(PaymentFilter filter) => filter switch
    {
        { State: { } state } when IsNoEnd(state) => (OfState(state), "", ""),
        { Channel: not null } => ("", "channel,", "@channel,"),
        { Merchant: not null } => ("", "merchant,", "@merchant,"),
        { State: { } state and not PaymentState.Succeeded } => (OfState(state), "", ""),
        _ => ("", "", ""),
    };

    /// <summary>A partial index is used where its condition stands in the statement.</summary>
    private static string OfState(PaymentState state) => $"state = {(int)state} and {Unsuccessful} and";

    private static bool IsNoEnd(PaymentState state) => state switch
    {
        PaymentState.Accepted or PaymentState.Processing or PaymentState.ActionRequired or PaymentState.Suspended => true,
        PaymentState.Succeeded or PaymentState.Failed or PaymentState.Returned or PaymentState.Closed => false,
    };

    private static long StartOf(PaymentFilter filter) => filter.OldestFirst
        ? filter.Since.ToStored() ?? long.MinValue
        : filter.Until.ToStored() ?? long.MaxValue;
}
