namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Runs the domain's unit tests against a mutated domain until the first one fails.</summary>
internal sealed class UnitTestTrial(TestOutput output)
{
    public const string Command = "tests";

    private const string Tests = "RouterCluster.Domain.Tests";

    private const string Survived = "all tests passed";

    /// <summary>A feature's code is tried by its own tests and by those of the features that rest on it.</summary>
    private static readonly Dictionary<string, string[]> Users = new()
    {
        ["Outcomes"] = ["Outcomes", "Payments", "Lanes", "Channels", "Routing", "Books"],
        ["Payments"] = ["Payments", "Cases", "Books"],
        ["Cases"] = ["Cases", "Payments", "Books"],
        ["Books"] = ["Books"],
        ["Lanes"] = ["Lanes", "Orders", "Channels"],
        ["Channels"] = ["Channels", "Lanes", "Orders", "Routing"],
        ["Routing"] = ["Routing"],
    };

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _tests = output.Add(Tests);

    /// <summary>The test that failed. Null: none did.</summary>
    public async Task<string?> KillerAsync(byte[] domain, string folder)
    {
        await output.PutDomainAsync(domain);
        var ended = await TimedProcess.RunAsync(["exec", output.Program, Command, _tests, .. Users[folder]], Limit);
        return ended.Verdict(Survived)?.Replace($"{Tests}.", "", StringComparison.Ordinal);
    }

    /// <summary>Runs inside the process.</summary>
    public static int Run(string tests, IReadOnlyCollection<string> folders)
    {
        Console.WriteLine(UnitTests.FirstFailure(tests, folders) ?? Survived);
        Environment.Exit(0);
        return 0;
    }
}
