using System.Buffers;
using System.Buffers.Binary;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.World;

/// <param name="DecidedAt">True time: it is stored later.</param>
internal readonly record struct StoredEvent(PaymentId Id, PaymentEvent Event, TimeSpan DecidedAt);

/// <summary>
/// What is durable of one book: rows, and a snapshot. A row's number can be taken once, so an owner that was replaced
/// cannot write over its successor. Bytes are numbers of events that it remembers.
/// </summary>
internal sealed class SimulatedJournal(Life life) : IPaymentEventEncoder
{
    private const int EntryBytes = 4;
    private readonly List<StoredEvent> _known = [];
    private readonly List<StoredEvent[]> _rows = [];
    private (BookSnapshot Taken, int Rows)? _snapshot;

    public bool TryEncode(PaymentId id, PaymentEvent @event, IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(EntryBytes), _known.Count);
        to.Advance(EntryBytes);
        _known.Add(new StoredEvent(id, @event, life.Time.Now));
        return true;
    }

    /// <summary>False: another owner has written a row of this number.</summary>
    public bool TryAppend(long sequence, ReadOnlyMemory<byte> row)
    {
        if (sequence != _rows.Count + 1)
        {
            return false;
        }

        var events = new StoredEvent[row.Length / EntryBytes];
        for (var entry = 0; entry < events.Length; entry++)
        {
            events[entry] = _known[BinaryPrimitives.ReadInt32LittleEndian(row.Span[(entry * EntryBytes)..])];
        }

        _rows.Add(events);
        life.Observer.Stored(events);
        return true;
    }

    public void Keep(BookSnapshot snapshot, long sequence) => _snapshot = (snapshot, (int)sequence);

    public PaymentBook Recover(BookRules rules, BookTime now)
    {
        var book = new PaymentBook(rules, this);
        var from = 0;
        if (_snapshot is var (taken, rows))
        {
            book.Restore(taken);
            from = rows;
        }

        for (var row = from; row < _rows.Count; row++)
        {
            foreach (var (id, @event, _) in _rows[row])
            {
                book.Replay(id, @event, row + 1);
            }
        }

        book.Recovered(_rows.Count, now);
        return book;
    }
}
