using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>A book as its last acknowledged row has left it.</summary>
/// <param name="Payments">With the row that holds each one's last change.</param>
/// <param name="Seen">The numbers that have left memory, as <see cref="SeenNumbers.ToBytes"/> gives them.</param>
/// <param name="Clock">UTC; the book's clock never goes back behind it.</param>
public sealed record BookSnapshot(
    IReadOnlyList<(Payment Payment, long ChangedAt)> Payments, ReadOnlyMemory<byte> Seen, DateTimeOffset Clock)
{
    /// <summary>
    /// Changes that merchants are to be told of and that the read model may not have, with the rows that hold them. Null in
    /// snapshots from before they were kept.
    /// </summary>
    public IReadOnlyList<(Payment Payment, long Row)>? Untold { get; init; }

    public override string ToString() => $"book snapshot of {Payments.Count} payments";
}

public sealed partial class PaymentBook
{
    private const long SmallPayment = 256;

    private readonly UntoldChanges _untold = new();

    /// <summary>Bytes that a snapshot would have now, at least.</summary>
    public long SnapshotSize => (_entries.Count * SmallPayment) + _forgotten.Bytes;

    /// <summary>
    /// What is stored, also when more has been decided since. Null while a write is in flight: it may be stored or not.
    /// </summary>
    public BookSnapshot? TakeSnapshot()
    {
        if (!_commits.IsSettled)
        {
            return null;
        }

        return new BookSnapshot(Stored(), _forgotten.ToBytes(), _clock) { Untold = _untold.Through(_commits.Committed) };
    }

    public void Restore(BookSnapshot snapshot)
    {
        foreach (var (payment, changedAt) in snapshot.Payments)
        {
            _entries[payment.Id] = new BookEntry(payment, changedAt);
        }

        _forgotten.Restore(snapshot.Seen.Span);
        _clock = snapshot.Clock;
        _untold.Restore(snapshot);
    }

    /// <summary>One stored event, in the order of storage.</summary>
    public void Replay(PaymentId id, PaymentEvent @event, long sequence)
    {
        _entries.TryGetValue(id, out var entry);
        var payment = PaymentLaw.Apply(entry?.Payment, id, @event);
        if (@event is not PaymentRecalled)
        {
            _untold.Add(entry?.Payment, payment, sequence);
        }

        Keep(entry, payment, sequence);
        _clock = @event.At > _clock ? @event.At : _clock;
    }

    /// <summary>
    /// All is read. Every open attempt is asked about and none is sent again; payments between two channels are tried on.
    /// </summary>
    public void Recovered(long sequence, BookTime time)
    {
        var now = Clamp(time);
        _commits.Recovered(sequence);
        _agenda.Begin(sequence);
        foreach (var entry in _entries.Values)
        {
            WatchExpiries(entry.Payment);
            if (entry.Payment.OpenAttempt is { } attempt)
            {
                var policy = _rules.QueryPolicyOf(attempt.Channel);
                entry.Plan = new QueryPlan(
                    policy, SilenceCountsFrom(entry.Payment, attempt), now.Monotonic, now.Monotonic, attempt.UnknownFor);
                _open.Add(entry);
                if (entry.Payment.State == PaymentState.Suspended)
                {
                    entry.Plan.BeginSlowly(now.Monotonic);
                }
                else if (attempt.Claim is null)
                {
                    entry.Plan.Begin(now.Monotonic);
                }

                _agenda.Schedule(attempt.Channel, entry.Payment.Id, attempt.No, entry.Plan.DueAt);
            }
            else if (entry.Payment.State == PaymentState.Accepted)
            {
                entry.RoundAfter = entry.Payment.Attempts.Length;
                _held.Add(entry, _rules.Hold > HoldAfterStart ? _rules.Hold : HoldAfterStart, now.Monotonic);
            }
        }
    }

    /// <summary>
    /// Everything that the read model may not have: all that is in memory, as the last acknowledged row has left it. Null while
    /// a write is in flight: it may be stored or not.
    /// </summary>
    public IReadOnlyList<(Payment Payment, long ChangedAt)>? InMemory() => _commits.IsWriting ? null : Stored();

    /// <summary>
    /// What merchants are to be told of and the read model may not have: every change, also one that the payment has left
    /// behind since.
    /// </summary>
    public IReadOnlyList<(Payment Payment, long Row)> Untold() => _untold.Through(CommittedSequence);

    /// <summary>The same of one committed row.</summary>
    public IReadOnlyList<(Payment Payment, long Row)> UntoldOf(long row) => _untold.Of(row);

    /// <summary>The read model holds everything up to this row, and what merchants are to be told of it.</summary>
    public void Projected(long row) => _untold.Forget(row);

    /// <summary>These rows were read back from the read model in these versions.</summary>
    public void ReadBackFromReadModel(IEnumerable<(PaymentId Id, long Version)> rows, TimeSpan now)
    {
        foreach (var (id, version) in rows)
        {
            if (_entries.TryGetValue(id, out var entry) && MayLeave(entry.Payment) && entry.ChangedAt == version)
            {
                _forgotten.LeaveLater(id, version, now + _rules.KeepClosedFor);
            }
        }
    }

    /// <summary>A closed payment leaves memory only in the very version that was read back.</summary>
    private void Forget(TimeSpan now)
    {
        while (_forgotten.TryTakeLeaving(now, out var due))
        {
            if (_entries.TryGetValue(due.Id, out var entry) && entry.ChangedAt == due.Version)
            {
                _entries.Remove(due.Id);
                _forgotten.Add(due.Id);
            }
        }
    }

    /// <summary>What is in memory, as the last acknowledged row has left it.</summary>
    private List<(Payment Payment, long ChangedAt)> Stored()
    {
        var payments = new List<(Payment, long)>(_entries.Count);
        foreach (var entry in _entries.Values)
        {
            if (entry.AsOf(_commits.Committed) is { } stored)
            {
                payments.Add(stored);
            }
        }

        return payments;
    }
}
