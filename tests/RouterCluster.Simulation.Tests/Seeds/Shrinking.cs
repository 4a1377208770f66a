using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

/// <summary>Takes away faults and payments for as long as the same invariant still breaks.</summary>
internal static class Shrinking
{
    private const int MostRuns = 300;

    public static Failure Shrink(Failure failure)
    {
        var runs = 0;
        var least = failure;
        foreach (var kind in Faults.All)
        {
            least = Try(least, least.Scenario with { Off = least.Scenario.Off.Add(kind) }, ref runs);
        }

        var all = Enumerable.Range(0, new LifeSettings(failure.Scenario).Payments).ToList();
        for (var share = all.Count / 2; share >= 1; share /= 2)
        {
            foreach (var some in all.Chunk(share))
            {
                least = Try(least, least.Scenario with { Dropped = least.Scenario.Dropped.Union(some) }, ref runs);
            }
        }

        return least;
    }

    private static Failure Try(Failure known, Scenario smaller, ref int runs)
    {
        if (smaller.Dropped.Count == known.Scenario.Dropped.Count && smaller.Off.Count == known.Scenario.Off.Count)
        {
            return known;
        }

        return ++runs <= MostRuns && Failure.Of(smaller) is { } found && found.Invariant == known.Invariant ? found : known;
    }
}
