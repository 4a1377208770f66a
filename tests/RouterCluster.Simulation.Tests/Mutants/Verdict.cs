namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>What became of a mutant.</summary>
/// <param name="UnitTest">The unit test that failed; null: none.</param>
/// <param name="Invariant">What the simulation saw, at which seed; null: nothing.</param>
internal sealed record Verdict(Mutant Mutant, string? UnitTest, string? Invariant)
{
    public override string ToString() => $"{Mutant}\n    unit tests: {UnitTest ?? "-"}; simulation: {Invariant ?? "-"}";
}
