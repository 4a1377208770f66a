namespace RouterCluster.Domain.Tests.Books.Simulation;

public sealed class BookSimulationTests
{
    private const int FixedSeeds = 300;
    private const int FreshSeeds = 10;

    [Fact]
    public void S1_S2_S3_S4_S11_S12_L1_L5_hold_in_every_known_life_of_a_book()
    {
        for (var seed = 1; seed <= FixedSeeds; seed++)
        {
            BookSimulation.Run(seed);
        }
    }

    [Fact]
    public void They_hold_in_lives_that_nobody_has_seen()
    {
        for (var life = 0; life < FreshSeeds; life++)
        {
            BookSimulation.Run(Random.Shared.Next());
        }
    }

    [Fact]
    public void A_seed_repeats_its_life() => Assert.Equal(BookSimulation.Run(7), BookSimulation.Run(7));
}
