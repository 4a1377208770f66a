namespace RouterCluster.Simulation.Tests.World;

/// <summary>What happens next, in virtual time; things of one moment in the order in which they were planned.</summary>
internal sealed class VirtualTime
{
    // The heap moves numbers only: to move references costs the collector's bookkeeping each time.
    private readonly PriorityQueue<int, Moment> _planned = new(256);
    private readonly List<Action?> _places = new(256);
    private readonly Stack<int> _free = new(256);
    private long _order;

    /// <summary>True time, which no clock in the world shows.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Things that happened.</summary>
    public long Steps { get; private set; }

    public void After(double seconds, Action what) => At(Now + TimeSpan.FromSeconds(seconds), what);

    public void At(TimeSpan when, Action what) =>
        _planned.Enqueue(Place(what), new Moment(when > Now ? when : Now, _order++));

    /// <summary>False: nothing more is planned until then.</summary>
    public bool Step(TimeSpan until)
    {
        if (!_planned.TryPeek(out _, out var next) || next.At > until)
        {
            return false;
        }

        var place = _planned.Dequeue();
        var what = _places[place]!;
        _places[place] = null;
        _free.Push(place);
        Now = next.At;
        Steps++;
        what();
        return true;
    }

    private int Place(Action what)
    {
        if (_free.TryPop(out var place))
        {
            _places[place] = what;
            return place;
        }

        _places.Add(what);
        return _places.Count - 1;
    }

    private readonly record struct Moment(TimeSpan At, long Order) : IComparable<Moment>
    {
        public int CompareTo(Moment other) => At == other.At ? Order.CompareTo(other.Order) : At.CompareTo(other.At);
    }
}
