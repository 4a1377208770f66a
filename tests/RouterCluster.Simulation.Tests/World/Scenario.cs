using System.Collections.Immutable;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>What one life is made from: a seed, and what shrinking has taken away.</summary>
/// <param name="Off">Kinds of faults that do not happen.</param>
/// <param name="Dropped">Payments, by number, that are never asked for.</param>
internal sealed record Scenario(long Seed, ImmutableHashSet<FaultKind> Off, ImmutableHashSet<int> Dropped)
{
    public static Scenario Of(long seed) => new(seed, [], []);

    public IReadOnlySet<FaultKind> Kinds => Faults.All.Except(Off).ToHashSet();
}
