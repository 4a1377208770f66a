namespace RouterCluster.Replay.Baselines;

/// <summary>The last outcomes of a segment at one channel; a new channel starts with successes only.</summary>
internal sealed class LastEnds
{
    private readonly bool[] _succeeded;
    private int _oldest;

    public LastEnds(int length)
    {
        _succeeded = new bool[length];
        Array.Fill(_succeeded, true);
        Successes = length;
    }

    public int Successes { get; private set; }

    public void Add(bool succeeded)
    {
        Successes += (succeeded ? 1 : 0) - (_succeeded[_oldest] ? 1 : 0);
        _succeeded[_oldest] = succeeded;
        _oldest = (_oldest + 1) % _succeeded.Length;
    }
}
