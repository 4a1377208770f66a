using System.Globalization;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Lives a number of lives with a mutated domain, in a process of their own.</summary>
internal sealed class SimulationTrial(TestOutput output, int lives)
{
    public const string Command = "lives";

    private const string Survived = "all lives were lived";

    // A life takes milliseconds: ten times that on a machine that is busy.
    private readonly TimeSpan _limit = TimeSpan.FromSeconds(60) + (lives * TimeSpan.FromMilliseconds(400));

    /// <summary>What saw the mutant: an invariant's or an exception's name and the seed. Null: nothing did.</summary>
    public async Task<string?> KillerAsync(byte[] domain)
    {
        await output.PutDomainAsync(domain);
        var ended = await TimedProcess.RunAsync(
            ["exec", output.Program, Command, lives.ToString(CultureInfo.InvariantCulture)], _limit);
        return ended.Verdict(Survived);
    }

    /// <summary>Runs inside the process.</summary>
    public static int Live(long lives)
    {
        for (var seed = 1L; seed <= lives; seed++)
        {
            if (SeedRun.Violation(seed) is { } violation)
            {
                Console.WriteLine($"{violation.Split(':')[0]}, seed {seed}");
                return 0;
            }
        }

        Console.WriteLine(Survived);
        return 0;
    }
}
