using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

internal sealed class BookMemory(BookRules rules, CommitQueue commits, BookClock clock)
{
    private const long SmallPayment = 256;

    private readonly Dictionary<PaymentId, BookEntry> _entries = [];

    public ForgottenPayments Forgotten { get; } = new(rules.SeenNumbers);

    public UntoldChanges Untold { get; } = new();

    public int Count => _entries.Count;

    public Dictionary<PaymentId, BookEntry>.ValueCollection Entries => _entries.Values;

    public long SnapshotSize => (_entries.Count * SmallPayment) + Forgotten.Bytes;

    public BookEntry? Find(PaymentId id) => _entries.GetValueOrDefault(id);

    /// <summary>All who ask for one payment wait for the same look into the read model.</summary>
    public void LookUp(PaymentId id, PendingLookUp pending)
    {
        if (Forgotten.LookUp(id, pending))
        {
            commits.AtOnce(new BookEffect.LookUp(id));
        }
    }

    public BookEntry Keep(BookEntry? entry, Payment payment, long row)
    {
        if (entry is null)
        {
            return _entries[payment.Id] = new BookEntry(payment, row);
        }

        entry.Change(payment, row);
        return entry;
    }

    public BookSnapshot? TakeSnapshot() => !commits.IsSettled
        ? null
        : new BookSnapshot(Stored(), Forgotten.ToBytes(), clock.Now.Utc) { Untold = Untold.Through(commits.Committed) };

    public void Restore(BookSnapshot snapshot)
    {
        foreach (var (payment, changedAt) in snapshot.Payments)
        {
            _entries[payment.Id] = new BookEntry(payment, changedAt);
        }

        Forgotten.Restore(snapshot.Seen.Span);
        clock.Advance(snapshot.Clock);
        Untold.Restore(snapshot);
    }

    public void Replay(PaymentId id, PaymentEvent @event, long row)
    {
        var entry = Find(id);
        var payment = PaymentLaw.Apply(entry?.Payment, id, @event);
        if (@event is not PaymentRecalled)
        {
            Untold.Add(entry?.Payment, payment, row);
        }

        Keep(entry, payment, row);
        clock.Advance(@event.At);
    }

    public List<(Payment Payment, long ChangedAt)> Stored()
    {
        var payments = new List<(Payment, long)>(_entries.Count);
        foreach (var entry in _entries.Values)
        {
            if (entry.AsOf(commits.Committed) is { } stored)
            {
                payments.Add(stored);
            }
        }

        return payments;
    }

    /// <summary>The read model holds these versions, so payments that have ended may leave memory.</summary>
    public void LeaveLater(IEnumerable<(PaymentId Id, long Version)> rows, TimeSpan now)
    {
        foreach (var (id, version) in rows)
        {
            if (_entries.TryGetValue(id, out var entry) && entry.MayLeave && entry.ChangedAt == version)
            {
                Forgotten.LeaveLater(id, version, now + rules.KeepClosedFor);
            }
        }
    }

    public void Forget(TimeSpan now)
    {
        while (Forgotten.TryTakeLeaving(now, out var due))
        {
            if (_entries.TryGetValue(due.Id, out var entry) && entry.ChangedAt == due.Version)
            {
                _entries.Remove(due.Id);
                Forgotten.Add(due.Id);
            }
        }
    }
}
