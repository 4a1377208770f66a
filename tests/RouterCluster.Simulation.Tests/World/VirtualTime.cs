namespace RouterCluster.Simulation.Tests.World;

/// <summary>What happens next, in virtual time; things of one moment in the order in which they were planned.</summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<Action, Moment> _planned = new(256);
    private long _order;

    /// <summary>True time, which no clock in the world shows.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Things that happened.</summary>
    public long Steps { get; private set; }

    public void After(double seconds, Action what) => At(Now + TimeSpan.FromSeconds(seconds), what);

    public void At(TimeSpan when, Action what) => _planned.Enqueue(what, new Moment(when > Now ? when : Now, _order++));

    /// <summary>False: nothing more is planned until then.</summary>
    public bool Step(TimeSpan until)
    {
        if (!_planned.TryPeek(out _, out var next) || next.At > until)
        {
            return false;
        }

        var what = _planned.Dequeue();
        Now = next.At;
        Steps++;
        what();
        return true;
    }

    private readonly record struct Moment(TimeSpan At, long Order) : IComparable<Moment>
    {
        public int CompareTo(Moment other) => At == other.At ? Order.CompareTo(other.Order) : At.CompareTo(other.At);
    }
}
