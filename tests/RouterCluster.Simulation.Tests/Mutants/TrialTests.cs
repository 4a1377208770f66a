using RouterCluster.Simulation.Tests.Seeds;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>The machinery of samples, on mutants whose fate is known.</summary>
[Collection(SimulationCollection.Name)]
public sealed class TrialTests : IDisposable
{
    private const int Lives = 30;

    private const string Law = "src/RouterCluster.Domain/Outcomes/OutcomeLaw.cs";
    private const string Plan = "src/RouterCluster.Domain/Books/QueryPlan.cs";
    private const string Decider = "src/RouterCluster.Domain/Payments/PaymentDecider.cs";

    private static readonly Lazy<MutatedDomain> Domain = new();

    private readonly TestOutput _output = new();

    [Theory]
    [InlineData(Law, "outcome.Landing != Landing.Maybe", "outcome.Landing == Landing.Maybe")]
    [InlineData(Plan, "IsAsking = true;", "IsAsking = false;")]
    public async Task What_breaks_the_law_is_seen_by_both(string file, string before, string after)
    {
        var mutant = Made(file, before, after);
        var image = Domain.Value.Image(mutant)!;
        Assert.NotNull(await new SimulationTrial(_output, Lives).KillerAsync(image));
        Assert.NotNull(await new UnitTestTrial(_output).KillerAsync(image, mutant.Folder));
    }

    [Fact]
    public void What_does_not_compile_has_no_image()
    {
        var mutant = Made(Decider, "start.At, null) is { } refusal", "start.At, null) is not ({ } refusal)");
        Assert.Null(Domain.Value.Image(mutant));
    }

    [Fact]
    public async Task The_domain_as_it_is_survives_both()
    {
        var image = Domain.Value.ImageWithoutChange();
        Assert.Null(await new SimulationTrial(_output, Lives).KillerAsync(image));
        Assert.Null(await new UnitTestTrial(_output).KillerAsync(image, "Cases"));
    }

    public void Dispose() => _output.Dispose();

    private static Mutant Made(string file, string before, string after) =>
        Domain.Value.Mutants(MutatedDomain.Folders).First(mutant => mutant.File == file
            && mutant.Before.Contains(before, StringComparison.Ordinal)
            && mutant.After.Contains(after, StringComparison.Ordinal));
}
