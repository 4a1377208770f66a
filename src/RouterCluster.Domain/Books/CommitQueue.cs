using System.Buffers;
using System.Collections.Immutable;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>
/// Group commit: events collect while one write is in flight and go out as one row when it is acknowledged. An effect
/// leaves only after the write that covers the state it was read from.
/// </summary>
internal sealed class CommitQueue(IPaymentEventEncoder encoder)
{
    /// <summary>After a burst a book does not keep the room of its longest row.</summary>
    private const int MostKeptBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _scratch = new();

    /// <summary>Kept from row to row, and never handed out: a row leaves as a copy of its very length.</summary>
    private ArrayBufferWriter<byte> _row = new();
    private Batch _collecting = new();
    private Batch? _inFlight;
    private List<BookEffect> _ready = [];
    private bool _mustFence;

    public long Committed { get; private set; }

    public long CollectingInto => Committed + (_inFlight is null ? 1 : 2);

    public bool IsWriting => _inFlight is not null;

    /// <summary>True: all in memory is stored, except events that wait for the next row.</summary>
    public bool IsSettled => _inFlight is null && !_mustFence;

    /// <summary>
    /// The first row of a new owner, empty if need be, takes the number that a predecessor which still runs would write
    /// next. Until that row is durable no recovered state is revealed: it may be out of date.
    /// </summary>
    public void Recovered(long sequence) => (Committed, _mustFence) = (sequence, true);

    /// <summary>All or none of them.</summary>
    public bool TryEncode(PaymentId id, ImmutableArray<PaymentEvent> events)
    {
        _scratch.ResetWrittenCount();
        foreach (var @event in events)
        {
            if (!encoder.TryEncode(id, @event, _scratch))
            {
                return false;
            }
        }

        _row.Write(_scratch.WrittenSpan);
        return true;
    }

    public void Changed(Payment after, PaymentEvent @event)
    {
        _collecting.Changed[after.Id] = after;
        _collecting.Events.Add(new CommittedEvent(after, @event));
    }

    /// <remarks>Law 1.1, 4.1.</remarks>
    public void AfterCommit(BookEffect effect) => Covering.Add(effect);

    public void Answer(Caller caller, BookAnswer answer) => AfterCommit(new BookEffect.Answer(caller, answer));

    /// <summary>For effects that reveal no payment's state.</summary>
    public void AtOnce(BookEffect effect) => _ready.Add(effect);

    public ReadOnlyMemory<byte>? TakeWrite()
    {
        if (_inFlight is not null || !IsDue)
        {
            return null;
        }

        _mustFence = false;
        _inFlight = _collecting;
        _collecting = new Batch();
        return TakeRow();
    }

    public void Acknowledge()
    {
        var written = _inFlight ?? throw new InvalidOperationException("no write is in flight");
        _inFlight = null;
        Committed++;
        _ready.AddRange(written.Effects);
        _ready.Add(new BookEffect.Committed(Committed, written.Changed.Values, written.Events));
    }

    public IReadOnlyList<TEffect> TakeBack<TEffect>(Predicate<TEffect> wanted)
        where TEffect : BookEffect
    {
        var taken = new List<TEffect>();
        foreach (var effects in new[] { _ready, _inFlight?.Effects, _collecting.Effects })
        {
            effects?.RemoveAll(effect =>
            {
                var isWanted = effect is TEffect one && wanted(one);
                if (isWanted)
                {
                    taken.Add((TEffect)effect);
                }

                return isWanted;
            });
        }

        return taken;
    }

    public IReadOnlyList<BookEffect> TakeEffects()
    {
        if (_ready.Count == 0)
        {
            return [];
        }

        var taken = _ready;
        _ready = [];
        return taken;
    }

    private byte[] TakeRow()
    {
        var row = _row.WrittenSpan.ToArray();
        if (_row.Capacity > MostKeptBytes)
        {
            _row = new ArrayBufferWriter<byte>();
        }

        _row.ResetWrittenCount();
        return row;
    }

    private bool IsDue => _mustFence || !_collecting.IsEmpty;

    private List<BookEffect> Covering
    {
        get
        {
            if (IsDue)
            {
                return _collecting.Effects;
            }

            return _inFlight is not null ? _inFlight.Effects : _ready;
        }
    }

    private sealed class Batch
    {
        public Dictionary<PaymentId, Payment> Changed { get; } = [];

        public List<CommittedEvent> Events { get; } = [];

        public List<BookEffect> Effects { get; } = [];

        public bool IsEmpty => Events.Count == 0;
    }
}
