using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Journal;

/// <summary>
/// One search for a payment's events. Rows are found by time, as neither a row nor an index says whose events it has: a book's
/// clock never goes back. From the payment's first row on, rows are read one after the other until they were many; then only
/// those of moments that the payment itself knows.
/// </summary>
internal sealed class PaymentCommitSearch(BookRows rows, Payment payment)
{
    public const int MostRows = 2_000;
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Rows of one moment: a book writes them one after the other.</summary>
    private const int MostOfMoment = 8;

    private const int FirstPage = 16;
    private const int LongestPage = 256;
    private const int PageBytes = 1024 * 1024;

    private readonly List<PaymentCommit> _found = [];
    private long _next;
    private DateTimeOffset _through;
    private int _looked;
    private long _bytes;

    public async Task<PaymentCommits> ReadAsync(CancellationToken cancellation)
    {
        if (await rows.LastAsync(cancellation) is not { } last)
        {
            return new PaymentCommits([], IsComplete: false);
        }

        var end = last + 1;
        var moments = Moments(payment).Select(at => at.ToStored().ToTime()).Distinct().Order().ToArray();
        _next = await rows.LastBeforeAsync(moments[0], 0, end, cancellation);
        var isComplete = await ReadOnAsync(payment.IsFinal ? moments[^1] : DateTimeOffset.MaxValue, end, cancellation);
        foreach (var moment in isComplete ? [] : moments.Where(moment => moment > _through))
        {
            await ReadMomentAsync(moment, end, cancellation);
        }

        return new PaymentCommits(_found, isComplete && _found is [{ Events: [PaymentAccepted, ..] }, ..]);
    }

    /// <summary>Reads all rows that begin no later than the moment. False: they were too many.</summary>
    private async Task<bool> ReadOnAsync(DateTimeOffset until, long end, CancellationToken cancellation)
    {
        var page = FirstPage;
        while (_looked < MostRows && _bytes < MostBytes)
        {
            var read = await rows.ReadAsync(_next, end, page, cancellation);
            foreach (var row in read)
            {
                if (!Look(row, until))
                {
                    return true;
                }
            }

            if (read.Count < page)
            {
                return true;
            }

            page = (int)Math.Clamp(PageBytes / Math.Max(1, _bytes / _looked), 1, LongestPage);
        }

        return false;
    }

    private async Task ReadMomentAsync(DateTimeOffset moment, long end, CancellationToken cancellation)
    {
        _next = await rows.LastBeforeAsync(moment, _next, end, cancellation);
        for (var looked = 0; looked < MostOfMoment; looked++)
        {
            var read = await rows.ReadAsync(_next, end, 1, cancellation);
            if (read.Count == 0 || !Look(read[0], moment))
            {
                return;
            }
        }
    }

    /// <summary>False: the row begins after the moment and was not looked at.</summary>
    private bool Look(BookRowRead row, DateTimeOffset until)
    {
        var head = row.Bytes.AsSpan(0, Math.Min(row.Bytes.Length, PaymentEventCodec.HeadBytes)).ToArray();
        var at = PaymentEventCodec.FirstAt(head) ?? _through;
        if (at > until)
        {
            return false;
        }

        (_next, _through) = (row.Number + 1, at);
        _looked++;
        _bytes += row.Bytes.Length;
        if (PaymentEventCodec.DecodeOf(payment.Id, row.Bytes) is { Count: > 0 } events)
        {
            _found.Add(new PaymentCommit(row.Number, row.At, events));
        }

        return true;
    }

    /// <summary>A payment in memory has finer times than the journal.</summary>
    private static IEnumerable<DateTimeOffset> Moments(Payment payment) =>
    [
        payment.CreatedAt, payment.UpdatedAt,
        .. payment.Attempts.Select(attempt => attempt.StartedAt),
        .. payment.Attempts.Select(attempt => attempt.EndedAt).OfType<DateTimeOffset>(),
        .. payment.Cases.Select(known => known.OpenedAt),
        .. payment.Proposals.Select(made => made.At),
        .. payment.Proposals.Select(made => made.Settled?.At).OfType<DateTimeOffset>(),
    ];
}
