using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;

namespace RouterCluster.Domain.Tests.Books.Simulation;

/// <summary>What is durable: rows, a snapshot, and every state that a payment has had in them.</summary>
internal sealed class SimulatedStorage
{
    private readonly List<IReadOnlyList<StoredEvent>> _rows = [];
    private readonly Dictionary<PaymentId, Payment> _payments = [];
    private readonly HashSet<string> _states = [];
    private (BookSnapshot Taken, int Rows)? _snapshot;

    public StoredEvents Encoder { get; } = new();

    public int Rows => _rows.Count;

    public IReadOnlyDictionary<PaymentId, Payment> Payments => _payments;

    /// <summary>As projected: the payments' last rows, with the row that holds them.</summary>
    public Dictionary<PaymentId, (Payment Payment, long Version)> ReadModel { get; } = [];

    public void Append(ReadOnlyMemory<byte> row)
    {
        var events = Encoder.Decode(row);
        _rows.Add(events);
        foreach (var (id, @event) in events)
        {
            var payment = PaymentDecider.Apply(_payments.GetValueOrDefault(id), id, @event);
            _payments[id] = payment;
            _states.Add(payment.Describe());
        }
    }

    /// <summary>Whether the payment has been in just this state, durably.</summary>
    public bool HasSeen(Payment payment) => _states.Contains(payment.Describe());

    public void Keep(BookSnapshot snapshot) => _snapshot = (snapshot, Rows);

    public PaymentBook Recover(BookRules rules, BookTime now)
    {
        var book = new PaymentBook(rules, Encoder);
        var from = 0;
        if (_snapshot is var (taken, rows))
        {
            book.Restore(taken);
            from = rows;
        }

        for (var row = from; row < _rows.Count; row++)
        {
            foreach (var (id, @event) in _rows[row])
            {
                book.Replay(id, @event, row + 1);
            }
        }

        book.Recovered(Rows, now);
        return book;
    }
}
