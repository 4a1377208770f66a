using RouterCluster.Simulation.Tests.Seeds;

namespace RouterCluster.Simulation.Tests.PlantedBugs;

/// <summary>The test of the tests: what they are there to see, they see.</summary>
[Collection(SimulationCollection.Name)]
public sealed class PlantedBugTests(Summary summary)
{
    private const int MostSeeds = 1000;

    public static TheoryData<string> Names => [.. Bugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_caught(string name)
    {
        var bug = Bugs.All.Single(bug => bug.Name == name);
        using var build = new BuggyBuild(bug);
        for (var seed = 1; seed <= MostSeeds; seed++)
        {
            if (build.Live(seed) is { } violation)
            {
                // The referee gives its clause: whatever it does not allow is no crash of the world by chance.
                var by = violation.Split(':')[0];
                Assert.True(by.StartsWith("law ", StringComparison.Ordinal) || bug.CaughtBy.Contains(by), violation);
                summary.Note($"planted: {name}: caught by {by}, seed {seed}");
                return;
            }
        }

        Assert.Fail($"nobody noticed in {MostSeeds} lives");
    }

    [Fact]
    public void A_bug_whose_place_is_gone_fails_loudly()
    {
        var gone = Bugs.All[0] with { Find = "no such text" };
        Assert.Contains("exactly one place", Assert.Throws<InvalidOperationException>(() => new BuggyBuild(gone)).Message);
    }
}
