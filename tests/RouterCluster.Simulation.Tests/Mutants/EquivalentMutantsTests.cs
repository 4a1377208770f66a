namespace RouterCluster.Simulation.Tests.Mutants;

public sealed class EquivalentMutantsTests
{
    [Fact]
    public void All_that_are_listed_are_made()
    {
        var made = new MutatedDomain().Mutants(MutatedDomain.Folders).Select(mutant => mutant.Key).ToHashSet();
        var gone = EquivalentMutants.List.Where(known => !made.Contains((known.File, known.Before, known.After)));
        Assert.Empty(gone);
    }
}
