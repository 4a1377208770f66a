namespace RouterCluster.Simulation.Tests.Law;

/// <summary>How often each situation was met.</summary>
internal sealed class Coverage
{
    private readonly long[] _met = new long[Situations.All.Length];

    public long this[Situation situation] => _met[(int)situation];

    public void Met(Situation situation) => _met[(int)situation]++;

    public void Add(Coverage other)
    {
        for (var place = 0; place < _met.Length; place++)
        {
            _met[place] += other._met[place];
        }
    }
}
