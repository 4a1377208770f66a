using System.Globalization;
using System.Text;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <summary>What a sample came to, by folder and by rule, and its survivors; written to <c>TestResults/mutants.txt</c>.</summary>
internal sealed class SampleReport
{
    private readonly List<Verdict> _verdicts = [];

    /// <summary>Drawn, and known to change nothing.</summary>
    public int Equivalent { get; set; }

    /// <summary>Drawn, and no program.</summary>
    public int DoNotCompile { get; set; }

    public int Tried => _verdicts.Count;

    public void Add(Verdict verdict) => _verdicts.Add(verdict);

    public void Write()
    {
        var folder = Path.Combine(Repository.Root, "TestResults");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "mutants.txt"), Table() + Survivors());
    }

    public string Table()
    {
        var byUnitTests = _verdicts.Where(verdict => verdict.UnitTest is not null).ToList();
        var alsoBySimulation = byUnitTests.Count(verdict => verdict.Invariant is not null);
        var share = byUnitTests.Count == 0 ? "-" : $"{100.0 * alsoBySimulation / byUnitTests.Count:0} %";
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            mutants: {Tried} tried; besides, {Equivalent} known to be equivalent and {DoNotCompile} that do not compile
            of {byUnitTests.Count} that unit tests kill, the simulation alone kills {alsoBySimulation} ({share})
            """);
        Rows(text, "folder", verdict => verdict.Mutant.Folder);
        Rows(text, "rule", verdict => verdict.Mutant.Rule);
        return text.ToString();
    }

    private void Rows(StringBuilder text, string by, Func<Verdict, string> key)
    {
        text.AppendLine().AppendLine(Row(by, "mutants", "unit tests", "simulation", "both", "neither"));
        foreach (var group in _verdicts.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.AppendLine(Row(group.Key, [.. Counts([.. group]).Select(count => $"{count}")]));
        }

        text.AppendLine(Row("all", [.. Counts(_verdicts).Select(count => $"{count}")]));
    }

    private static string Row(string name, params string[] columns) =>
        $"{name,-22}" + string.Concat(columns.Select(column => $"{column,12}"));

    private static int[] Counts(IReadOnlyCollection<Verdict> verdicts) =>
    [
        verdicts.Count,
        verdicts.Count(verdict => verdict.UnitTest is not null),
        verdicts.Count(verdict => verdict.Invariant is not null),
        verdicts.Count(verdict => verdict is { UnitTest: not null, Invariant: not null }),
        verdicts.Count(verdict => verdict is { UnitTest: null, Invariant: null }),
    ];

    private string Survivors()
    {
        var text = new StringBuilder();
        List(text, "neither unit tests nor the simulation kill", verdict => verdict is { UnitTest: null, Invariant: null });
        List(text, "unit tests kill and the simulation does not", verdict => verdict is { UnitTest: not null, Invariant: null });
        List(text, "the simulation kills and unit tests do not", verdict => verdict is { UnitTest: null, Invariant: not null });
        return text.ToString();
    }

    private void List(StringBuilder text, string heading, Func<Verdict, bool> isListed)
    {
        text.AppendLine().AppendLine(heading);
        foreach (var verdict in _verdicts.Where(isListed).OrderBy(verdict => verdict.Mutant.File, StringComparer.Ordinal)
            .ThenBy(verdict => verdict.Mutant.Line))
        {
            text.AppendLine(verdict.ToString());
        }
    }
}
