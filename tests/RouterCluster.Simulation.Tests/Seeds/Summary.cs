using System.Globalization;
using System.Text;
using RouterCluster.Simulation.Tests.Law;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

/// <summary>What all lives of a test run came to; written to <c>TestResults/simulation.txt</c>, where run.sh shows it.</summary>
public sealed class Summary : IDisposable
{
    private const int Enough = 100;

    private readonly Lock _lock = new();
    private readonly int[] _faults = new int[Faults.All.Length];
    private readonly Coverage _coverage = new();
    private readonly List<string> _notes = [];
    private long _lives;
    private long _payments;
    private long _steps;
    private TimeSpan _spent;

    internal void Add(LifeReport report)
    {
        lock (_lock)
        {
            _lives++;
            _payments += report.Payments;
            _steps += report.Steps;
            _coverage.Add(report.Coverage);
            for (var kind = 0; kind < _faults.Length; kind++)
            {
                _faults[kind] += report.Faults[kind];
            }
        }
    }

    /// <summary>Of all cores together, by the lives that were added.</summary>
    internal void Spent(TimeSpan cpu)
    {
        lock (_lock)
        {
            _spent += cpu;
        }
    }

    public void Note(string line)
    {
        lock (_lock)
        {
            _notes.Add(line);
        }
    }

    public void Dispose()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"simulation: {_lives} lives, {_payments} payments, {_steps} steps");
        text.AppendLine(CultureInfo.InvariantCulture, $"{_payments / _spent.TotalSeconds:0} payments per second of one core");
        foreach (var note in _notes)
        {
            text.AppendLine(note);
        }

        text.AppendLine("faults that struck:");
        foreach (var line in Faults.All.Select(kind => $"{kind} {_faults[(int)kind]}").Chunk(5))
        {
            text.AppendLine("  " + string.Join(", ", line));
        }

        Describe(_coverage, text);
        var folder = Path.Combine(Repository.Root, "TestResults");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "simulation.txt"), text.ToString());
    }

    private static void Describe(Coverage coverage, StringBuilder text)
    {
        text.AppendLine("clauses of the law, and how often a situation that could break one was met:");
        foreach (var clause in Situations.All.GroupBy(situation => situation.Clause()).OrderBy(group => group.Key))
        {
            var met = clause.Select(situation => $"{situation} {coverage[situation]}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  {clause.Key.Number()} {clause.Key}: {string.Join(", ", met)}");
        }

        var rare = Situations.All.Where(situation => coverage[situation] < Enough).ToList();
        var names = rare.Count == 0 ? "none" : string.Join(", ", rare);
        text.AppendLine(CultureInfo.InvariantCulture, $"met fewer than {Enough} times: {names}");
    }
}

/// <summary>All tests that run lives, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SimulationCollection : ICollectionFixture<Summary>
{
    public const string Name = "simulation";
}
