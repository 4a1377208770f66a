namespace RouterCluster.Simulation.Tests.World;

/// <summary>What happens next, in virtual time; things of one moment in the order in which they were planned.</summary>
/// <remarks>
/// Most of what is planned is far away, so only this second's is kept in order; the seconds to come are unsorted lists.
/// </remarks>
internal sealed class VirtualTime
{
    // The heap moves numbers only: to move references costs the collector's bookkeeping each time.
    private readonly PriorityQueue<int, Moment> _thisSecond = new(64);
    private readonly List<List<(int Place, Moment Moment)>?> _seconds = [];
    private readonly Stack<List<(int Place, Moment Moment)>> _emptySeconds = new();
    private readonly List<Action?> _places = new(256);
    private readonly Stack<int> _free = new(256);
    private int _second;
    private long _order;

    /// <summary>True time, which no clock in the world shows.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Things that happened.</summary>
    public long Steps { get; private set; }

    public void After(double seconds, Action what) => At(Now + TimeSpan.FromSeconds(seconds), what);

    public void At(TimeSpan when, Action what)
    {
        var moment = new Moment(when > Now ? when : Now, _order++);
        var second = SecondOf(moment.At);
        if (second <= _second)
        {
            _thisSecond.Enqueue(Place(what), moment);
        }
        else
        {
            Second(second).Add((Place(what), moment));
        }
    }

    /// <summary>False: nothing more is planned until then.</summary>
    public bool Step(TimeSpan until)
    {
        while (_thisSecond.Count == 0)
        {
            if (_second >= _seconds.Count || _second >= SecondOf(until))
            {
                return false;
            }

            BeginNextSecond();
        }

        if (_thisSecond.TryPeek(out var place, out var next) && next.At > until)
        {
            return false;
        }

        _thisSecond.Dequeue();
        var what = _places[place]!;
        _places[place] = null;
        _free.Push(place);
        Now = next.At;
        Steps++;
        what();
        return true;
    }

    private static int SecondOf(TimeSpan time) => (int)(time.Ticks / TimeSpan.TicksPerSecond);

    private List<(int Place, Moment Moment)> Second(int second)
    {
        while (second >= _seconds.Count)
        {
            _seconds.Add(null);
        }

        return _seconds[second] ??= _emptySeconds.TryPop(out var empty) ? empty : [];
    }

    private void BeginNextSecond()
    {
        _second++;
        if (_second < _seconds.Count && _seconds[_second] is { } planned)
        {
            foreach (var (place, moment) in planned)
            {
                _thisSecond.Enqueue(place, moment);
            }

            planned.Clear();
            _seconds[_second] = null;
            _emptySeconds.Push(planned);
        }
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
