using System.Globalization;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Lives a number of lives with a mutated domain, in a process of their own.</summary>
internal sealed class SimulationTrial(int lives) : IDisposable
{
    public const string Command = "lives";

    private const string Survived = "all lives were lived";

    // A life takes milliseconds: ten times that on a machine that is busy.
    private readonly TimeSpan _limit = TimeSpan.FromSeconds(30) + (lives * TimeSpan.FromMilliseconds(200));

    private readonly TestOutput _output = new("RouterCluster.Simulation.Tests");

    /// <summary>What saw the mutant: an invariant's or an exception's name and the seed. Null: nothing did.</summary>
    public async Task<string?> KillerAsync(byte[] domain)
    {
        await _output.PutDomainAsync(domain);
        var ended = await TimedProcess.RunAsync(
            ["exec", _output.Assembly, Command, lives.ToString(CultureInfo.InvariantCulture)], _limit);
        if (ended.ExitCode is not { } code)
        {
            return "time";
        }

        var said = ended.Output.Trim();
        if (code != 0)
        {
            return "crash";
        }

        return said == Survived ? null : said;
    }

    public void Dispose() => _output.Dispose();

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
