namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// A stream of chance. Each payment, each channel and each machine has one of its own, all from the one seed, so that a
/// world without one of them goes on as before: that is what makes shrinking work.
/// </summary>
internal sealed class Chance
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    public Chance(long seed, string stream, int number = 0)
    {
        _state = (ulong)seed * Golden;
        foreach (var letter in stream)
        {
            _state = Mix(_state ^ letter);
        }

        _state = Mix(_state + (ulong)number);
    }

    /// <summary>In [0, 1).</summary>
    public double Draw() => (Mix(_state += Golden) >> 11) * (1.0 / (1UL << 53));

    public bool Of(double share) => Draw() < share;

    public double Seconds(double from, double to) => from + (Draw() * (to - from));

    public int Below(int limit) => (int)(Draw() * limit);

    public T Any<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
