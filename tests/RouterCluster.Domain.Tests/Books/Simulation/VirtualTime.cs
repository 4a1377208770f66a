namespace RouterCluster.Domain.Tests.Books.Simulation;

/// <summary>What happens next, in virtual time; things of one moment in the order in which they were planned.</summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _planned = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    public void After(double seconds, Action what) => _planned.Enqueue(what, (Now + TimeSpan.FromSeconds(seconds), _order++));

    public void RunUntil(double seconds)
    {
        var end = TimeSpan.FromSeconds(seconds);
        while (_planned.TryPeek(out _, out var next) && next.At <= end)
        {
            var what = _planned.Dequeue();
            Now = next.At;
            what();
        }
    }
}

/// <summary>The only source of chance. Faults happen until they are switched off.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public bool Faults { get; set; } = true;

    public bool Fault(double share) => _random.NextDouble() < share && Faults;

    public bool Of(double share) => _random.NextDouble() < share;

    public double Seconds(double from, double to) => from + (_random.NextDouble() * (to - from));

    public int Below(int limit) => _random.Next(limit);
}
