using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Orders;

/// <summary>
/// Ends of submits that their book has not stored yet: repeated, since a book that is moving or recovering misses some. An
/// end beyond the limit is reported once; a query finds it out if the book misses it.
/// </summary>
public sealed class UntakenReports
{
    public const int Limit = 16_384;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(PaymentId Payment, int AttemptNo), (AttemptReport Report, TimeSpan SentAt)> _reports = [];
    private readonly Queue<((PaymentId Payment, int AttemptNo) Key, TimeSpan SentAt)> _bySending = new();

    public bool IsEmpty => _reports.Count == 0;

    public void Keep(AttemptReport report, TimeSpan now)
    {
        if (report.Source == ReportSource.Submit && _reports.Count < Limit)
        {
            var key = (report.Payment, report.AttemptNo);
            _reports[key] = (report, now);
            _bySending.Enqueue((key, now));
        }
    }

    /// <summary>All of them, for the lane's successor; they are forgotten here.</summary>
    public ImmutableArray<AttemptReport> HandOver()
    {
        ImmutableArray<AttemptReport> left = [.. _reports.Values.Select(kept => kept.Report)];
        _reports.Clear();
        _bySending.Clear();
        return left;
    }

    public void Taken(PaymentId payment, int attemptNo) => _reports.Remove((payment, attemptNo));

    public IReadOnlyList<AttemptReport> TakeDue(TimeSpan now)
    {
        List<AttemptReport>? due = null;
        while (_bySending.TryPeek(out var oldest) && now - oldest.SentAt >= Patience)
        {
            _bySending.Dequeue();
            if (_reports.TryGetValue(oldest.Key, out var kept) && kept.SentAt == oldest.SentAt)
            {
                // Removed first: at the limit nothing can be added, and the report would never be repeated again.
                _reports.Remove(oldest.Key);
                Keep(kept.Report, now);
                (due ??= []).Add(kept.Report);
            }
        }

        return due ?? [];
    }
}
