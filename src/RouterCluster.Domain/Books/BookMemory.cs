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

    public long SnapshotSize => (Math.Max(0, _entries.Count - Forgotten.Leaving) * SmallPayment) + Forgotten.Bytes;

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

    /// <summary>
    /// Ended payments that the read model holds are left out: whoever starts from the snapshot finds them there, as if they had
    /// left memory.
    /// </summary>
    public BookSnapshot? TakeSnapshot() => !commits.IsSettled
        ? null
        : new BookSnapshot(Stored(entry => !entry.IsInReadModel), Forgotten.ToBytes(), clock.Now.Utc)
        {
            Untold = Untold.Through(commits.Committed),
        };

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

    public List<(Payment Payment, long ChangedAt)> Stored() => Stored(_ => true);

    private List<(Payment Payment, long ChangedAt)> Stored(Predicate<BookEntry> wanted)
    {
        var payments = new List<(Payment, long)>();
        foreach (var entry in _entries.Values)
        {
            if (wanted(entry) && entry.AsOf(commits.Committed) is { } stored)
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
                // Its number is kept from now on, because snapshots no longer have the payment itself.
                if (entry.ReadBack is null)
                {
                    Forgotten.Add(id);
                }

                entry.ReadBack = version;
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
            }
        }
    }
}
