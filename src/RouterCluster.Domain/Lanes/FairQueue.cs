using System.Diagnostics.CodeAnalysis;

namespace RouterCluster.Domain.Lanes;

/// <summary>
/// Bounded; serves merchants in turn, and each merchant's calls in the order they came. A merchant's burst fills its own
/// line and delays another merchant by at most one round.
/// </summary>
/// <remarks>Calls that left stay in the heap of deadlines for a while; it is rebuilt before it outgrows the queue.</remarks>
internal sealed class FairQueue<TCall>(int limit)
{
    private const int HeapSlack = 64;

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<Line> _turns = new();
    private readonly LineLengths<Line> _lengths = new();
    private readonly Stack<Line> _spareLines = new();
    private readonly PriorityQueue<LinkedListNode<Waiting>, (TimeSpan Deadline, long Number)> _deadlines = new();
    private long _lastNumber;

    public int Limit { get; set; } = limit;

    public int Count { get; private set; }

    public TimeSpan? NextDeadline
    {
        get
        {
            DropLeftBehind();
            return _deadlines.TryPeek(out _, out var first) ? first.Deadline : null;
        }
    }

    /// <summary>Less than an equal share of a full queue, counting itself as one of the sharers.</summary>
    public bool IsBelowFairShare(string merchant)
    {
        var held = _lines.TryGetValue(merchant, out var line) ? line.Calls.Count : 0;
        var sharers = held == 0 ? _lines.Count + 1 : _lines.Count;
        return held < Limit / sharers;
    }

    public void Add(TCall call, string merchant, TimeSpan deadline, TimeSpan now)
    {
        var line = LineOf(merchant);
        var place = line.Calls.AddLast(new Waiting(call, line, now));
        _lengths.Move(line.Length, line.Calls.Count - 1, line.Calls.Count);
        Count++;
        if (_deadlines.Count > (2 * Count) + HeapSlack)
        {
            RebuildDeadlines();
        }

        _deadlines.Enqueue(place, (deadline, ++_lastNumber));
    }

    /// <summary>The queue must not be empty.</summary>
    /// <remarks>Law 6.1.</remarks>
    public (TCall Call, TimeSpan Since) TakeNext()
    {
        var line = _turns.First!.Value;
        var since = line.Calls.First!.Value.Since;
        var call = Remove(line.Calls.First!);
        if (line.Calls.Count > 0)
        {
            _turns.Remove(line.Turn);
            _turns.AddLast(line.Turn);
        }

        return (call, since);
    }

    /// <summary>The queue must not be empty.</summary>
    public TCall TakeNewestOfLongest() => Remove(_lengths.Longest.Calls.Last!);

    public IReadOnlyList<TCall> Take(Predicate<TCall> unwanted)
    {
        var places = _turns
            .SelectMany(line => Places(line.Calls))
            .Where(place => unwanted(place.Value.Call))
            .ToList();
        return places.ConvertAll(Remove);
    }

    public bool TryTakeExpired(TimeSpan now, [MaybeNullWhen(false)] out TCall call)
    {
        DropLeftBehind();
        if (!_deadlines.TryPeek(out var place, out var first) || first.Deadline > now)
        {
            call = default;
            return false;
        }

        _deadlines.Dequeue();
        call = Remove(place);
        return true;
    }

    private static IEnumerable<LinkedListNode<Waiting>> Places(LinkedList<Waiting> calls)
    {
        for (var place = calls.First; place is not null; place = place.Next)
        {
            yield return place;
        }
    }

    private Line LineOf(string merchant)
    {
        if (_lines.TryGetValue(merchant, out var line))
        {
            return line;
        }

        line = _spareLines.TryPop(out var spare) ? spare : new Line();
        line.Merchant = merchant;
        _lines.Add(merchant, line);
        _turns.AddLast(line.Turn);
        return line;
    }

    private TCall Remove(LinkedListNode<Waiting> place)
    {
        var (call, line, _) = place.Value;
        line.Calls.Remove(place);
        _lengths.Move(line.Length, line.Calls.Count + 1, line.Calls.Count);
        Count--;
        if (line.Calls.Count == 0)
        {
            _lines.Remove(line.Merchant);
            _turns.Remove(line.Turn);
            _spareLines.Push(line);
        }

        return call;
    }

    private void DropLeftBehind()
    {
        while (_deadlines.TryPeek(out var place, out _) && place.List is null)
        {
            _deadlines.Dequeue();
        }
    }

    private void RebuildDeadlines()
    {
        var waiting = _deadlines.UnorderedItems.Where(item => item.Element.List is not null).ToArray();
        _deadlines.Clear();
        _deadlines.EnqueueRange(waiting);
    }

    private readonly record struct Waiting(TCall Call, Line Line, TimeSpan Since);

    private sealed class Line
    {
        public Line()
        {
            Turn = new LinkedListNode<Line>(this);
            Length = new LinkedListNode<Line>(this);
        }

        public string Merchant { get; set; } = "";

        public LinkedList<Waiting> Calls { get; } = new();

        public LinkedListNode<Line> Turn { get; }

        public LinkedListNode<Line> Length { get; }
    }
}
