using System.Globalization;
using System.Text;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

/// <summary>What all lives of a test run came to; written to <c>TestResults/simulation.txt</c>, where run.sh shows it.</summary>
public sealed class Summary : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int[] _faults = new int[Faults.All.Length];
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

        var folder = Path.Combine(Repository.Root, "TestResults");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "simulation.txt"), text.ToString());
    }
}

/// <summary>All tests that run lives, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SimulationCollection : ICollectionFixture<Summary>
{
    public const string Name = "simulation";
}
