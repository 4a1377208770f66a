using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

[Collection(SimulationCollection.Name)]
public sealed class LifeTests(Summary summary)
{
    private const int KnownSeeds = 500;

    [Fact]
    public void Every_invariant_holds_in_the_known_lives() =>
        None(Runs.Known(summary, Runs.OnlySeed ?? 1, Runs.OnlySeed is null ? KnownSeeds : 1));

    [Fact]
    public void Every_invariant_holds_in_lives_that_nobody_has_seen()
    {
        var from = Random.Shared.NextInt64(1_000_000, long.MaxValue / 2);
        var failure = Runs.OnlySeed is null ? Runs.Fresh(summary, from) : Failure.Of(Scenario.Of(Runs.OnlySeed.Value));
        summary.Note($"fresh seeds from {from}");
        None(failure);
    }

    [Fact]
    public void A_seed_repeats_its_life() => Assert.Equal(Life.Run(Scenario.Of(7)).Ends(), Life.Run(Scenario.Of(7)).Ends());

    private static void None(Failure? failure)
    {
        if (failure is not null)
        {
            Assert.Fail(failure.Describe());
        }
    }
}
