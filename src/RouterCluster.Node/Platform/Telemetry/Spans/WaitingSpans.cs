using System.Runtime.InteropServices;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>
/// Spans of payments that have not told yet, those of one payment in the order in which they came. Beyond the limit all spans
/// of the payment go that has waited longest. The places of spans that have left are used again, so that under load waiting
/// allocates nothing. For one caller at a time.
/// </summary>
internal sealed class WaitingSpans(int limit)
{
    private const int None = -1;
    private const int FewestPlaces = 64;

    private readonly Dictionary<PaymentId, Chain> _payments = [];
    private readonly Queue<PaymentId> _oldest = new();
    private Place[] _places = [];
    private int _used;
    private int _free = None;

    public int Count { get; private set; }

    public bool Has(PaymentId payment) => _payments.ContainsKey(payment);

    public void Add(in PaymentSpan span)
    {
        var place = TakePlace();
        _places[place] = new Place(span, None);
        ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_payments, span.Payment, out var hasWaited);
        if (hasWaited)
        {
            _places[chain.Last].Next = place;
            (chain.Last, chain.Count) = (place, chain.Count + 1);
        }
        else
        {
            chain = new Chain { First = place, Last = place, Count = 1 };
            _oldest.Enqueue(span.Payment);
        }

        Count++;
        while (Count > limit || _oldest.Count > limit)
        {
            Drop(_oldest.Dequeue());
        }
    }

    /// <remarks>The payment's place in the queue stays; should it wait anew, it leaves a little early.</remarks>
    public void Drop(PaymentId payment)
    {
        if (_payments.Remove(payment, out var chain))
        {
            Count -= chain.Count;
            for (var place = chain.First; place != None;)
            {
                place = Free(place);
            }
        }
    }

    /// <summary>The payment's spans and this one, as an array of their own; none of them waits any longer.</summary>
    public PaymentSpan[] TakeWith(in PaymentSpan last)
    {
        var count = _payments.TryGetValue(last.Payment, out var chain) ? chain.Count : 0;
        var all = new PaymentSpan[count + 1];
        for (int i = 0, place = chain.First; i < count; i++, place = _places[place].Next)
        {
            all[i] = _places[place].Span;
        }

        all[count] = last;
        Drop(last.Payment);
        return all;
    }

    private int TakePlace()
    {
        if (_free != None)
        {
            var place = _free;
            _free = _places[place].Next;
            return place;
        }

        if (_used == _places.Length)
        {
            // The newest span has come before the oldest ones go.
            Array.Resize(ref _places, Math.Min(Math.Max(FewestPlaces, 2 * _used), limit + 1));
        }

        return _used++;
    }

    /// <summary>What the span referred to leaves the memory with it.</summary>
    /// <returns>The next place of its payment.</returns>
    private int Free(int place)
    {
        var next = _places[place].Next;
        _places[place] = new Place(default, _free);
        _free = place;
        return next;
    }

    private struct Place(PaymentSpan span, int next)
    {
        public PaymentSpan Span = span;
        public int Next = next;
    }

    private struct Chain
    {
        public int First;
        public int Last;
        public int Count;
    }
}
