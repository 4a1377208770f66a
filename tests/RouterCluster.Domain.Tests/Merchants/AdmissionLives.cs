namespace RouterCluster.Domain.Tests.Merchants;

/// <summary>
/// Whole lives of limits from one seed: nodes whose clocks differ, one table, transactions that fail or whose answers are
/// lost, requests that come late to the books or never, payments that fail, and sweeps.
/// </summary>
public sealed class AdmissionLives
{
    private const int Lives = 300;
    private const int Steps = 400;

    [Fact]
    public void No_day_is_exceeded_no_duplicate_is_missed_and_in_the_end_exactly_what_is_stored_counts()
    {
        var (stored, refused, flagged) = (0, 0, 0);
        for (var seed = 1; seed <= Lives; seed++)
        {
            var world = new AdmissionWorld(seed);
            for (var step = 0; step < Steps; step++)
            {
                world.Step();
                Check(seed, step, world);
            }

            world.Settle();
            Check(seed, Steps, world);
            Assert.True(
                world.Counted == world.MustCount, $"seed {seed}: {world.Counted} counts, {world.MustCount} is stored");
            (stored, refused, flagged) = (stored + world.Stored, refused + world.Refused, flagged + world.Flagged);
        }

        // A world in which nothing happens would hold all that.
        Assert.All(new[] { stored, refused, flagged }, count => Assert.True(count > Lives));
    }

    private static void Check(int seed, int step, AdmissionWorld world)
    {
        foreach (var (day, sum) in world.SumsByDay())
        {
            Assert.True(sum <= AdmissionWorld.Limit, $"seed {seed}, step {step}: {sum} is stored on day {day}");
        }

        Assert.True(world.Missed is null, $"seed {seed}, step {step}: {world.Missed} is a duplicate that was missed");
    }
}
