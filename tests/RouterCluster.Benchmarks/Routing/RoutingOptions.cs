using System.Globalization;
using RouterCluster.Replay.Baselines;
using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>What of the suite <c>routing</c> is to be measured, how often, and where it goes.</summary>
internal sealed class RoutingOptions
{
    private static readonly char[] Separators = [',', ' '];

    public static string Usage => $"""
        of the suite routing:
          --rates LIST         payments per second (default 100,10,2000,0.02)
          --scenarios LIST     of {string.Join(", ", Enum.GetNames<ScenarioKind>().Select(name => name.ToLowerInvariant()))}
                               (default all; above 1,000/s those that have a gate)
          --against LIST       of {string.Join(", ", BaselineRouters.Names)} (default all)
          --seeds N            worlds of each scenario (default 5)
          --first-seed N       the others follow it (default 1001)
          --threads N          (default 1)
          --output FOLDER      for table, figures and pictures (default BenchmarkDotNet.Artifacts/routing)
        """;

    public IReadOnlyList<double> Rates { get; private set; } = [100, 10, 2000, 0.02];

    /// <summary>Null: those that are usual at the rate.</summary>
    public IReadOnlyList<ScenarioKind>? Scenarios { get; private set; }

    public IReadOnlyList<string> Against { get; private set; } = BaselineRouters.Names;

    public int Seeds { get; private set; } = 5;

    public int FirstSeed { get; private set; } = 1001;

    public int Threads { get; private set; } = 1;

    public string Output { get; private set; } = Path.Combine("BenchmarkDotNet.Artifacts", "routing");

    /// <summary>False: no such option, or a value that it cannot have.</summary>
    public bool Take(string name, string value)
    {
        var items = value.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        switch (name)
        {
            case "--rates" when items.Length > 0 && items.All(item => Rate(item) > 0):
                Rates = [.. items.Select(Rate)];
                return true;
            case "--scenarios" when items.Length > 0 && items.All(IsScenario):
                Scenarios = [.. items.Select(item => Enum.Parse<ScenarioKind>(item, true))];
                return true;
            case "--against" when items.All(BaselineRouters.Names.Contains):
                Against = items;
                return true;
            case "--seeds" when number > 0:
                Seeds = number;
                return true;
            case "--first-seed" when number > 0:
                FirstSeed = number;
                return true;
            case "--threads" when number > 0:
                Threads = number;
                return true;
            case "--output":
                Output = value;
                return true;
            default:
                return false;
        }
    }

    // Parsing alone would take numbers too.
    private static bool IsScenario(string item) =>
        Enum.GetNames<ScenarioKind>().Contains(item, StringComparer.OrdinalIgnoreCase);

    private static double Rate(string item) =>
        double.TryParse(item, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) ? rate : 0;
}
