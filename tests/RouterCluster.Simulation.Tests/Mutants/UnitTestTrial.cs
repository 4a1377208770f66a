using System.Text.RegularExpressions;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>Runs the domain's unit tests against a mutated domain until the first one fails.</summary>
internal sealed partial class UnitTestTrial : IDisposable
{
    /// <summary>These measure memory or long times, and last longer than all other tests together.</summary>
    private const string WithoutLongOnes =
        "FullyQualifiedName!~The_memory_stays_bounded&FullyQualifiedName!~LongOutageTests&FullyQualifiedName!~ClosedLoopTests";

    private const string StopAtFirst =
        "<RunSettings><xUnit><StopOnFail>true</StopOnFail></xUnit></RunSettings>";

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

    private readonly TestOutput _output = new("RouterCluster.Domain.Tests");
    private readonly string _settings;

    public UnitTestTrial()
    {
        _settings = Path.ChangeExtension(_output.Assembly, ".runsettings");
        File.WriteAllText(_settings, StopAtFirst);
    }

    /// <summary>The test that failed. Null: none did.</summary>
    public async Task<string?> KillerAsync(byte[] domain, string folder)
    {
        await _output.PutDomainAsync(domain);
        var ended = await TimedProcess.RunAsync(
            ["test", _output.Assembly, "--nologo", "--settings", _settings, "--filter", Filter(folder)], Limit);
        if (ended.ExitCode == 0)
        {
            return null;
        }

        var failed = Failed().Match(ended.Output);
        if (failed.Success)
        {
            return failed.Groups[1].Value;
        }

        return ended.ExitCode is null ? "time" : "crash";
    }

    public void Dispose() => _output.Dispose();

    private static string Filter(string folder)
    {
        var features = Users[folder].Select(user => $"FullyQualifiedName~.Tests.{user}.");
        return $"{WithoutLongOnes}&({string.Join('|', features)})";
    }

    [GeneratedRegex(@"^\s+Failed RouterCluster\.Domain\.Tests\.([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Failed();
}
