using System.Globalization;
using RouterCluster.Benchmarks.Operator;
using RouterCluster.Benchmarks.Routing;

namespace RouterCluster.Benchmarks;

/// <param name="Shows">One line for the usage text.</param>
/// <param name="IsDefault">Runs where no suite is named.</param>
internal sealed record Suite(string Name, string Shows, bool IsDefault, Func<BenchmarkOptions, Task> RunAsync);

/// <summary>What a suite has found is not as it has to be.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);

/// <param name="Suites">Names; empty for those that run by default.</param>
/// <param name="Duration">Of one measurement.</param>
/// <param name="Rounds">How often everything is measured, one after another: on a shared machine, compare within a round.</param>
internal sealed record BenchmarkOptions(
    IReadOnlyList<string> Suites, TimeSpan Duration, int Rounds, IReadOnlyList<string> Storages)
{
    public RoutingOptions Routing { get; } = new();

    public OperatorOptions Operator { get; } = new();

    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

    private static readonly BenchmarkOptions Default = new([], TimeSpan.FromSeconds(10), 1, [Sqlite, PostgreSql]);

    public static string Usage(IEnumerable<Suite> suites) => $"""
        Usage: RouterCluster.Benchmarks [suite ...] [options]

        {string.Join('\n', suites.Select(suite => $"  {suite.Name,-20} {suite.Shows}{(suite.IsDefault ? " (default)" : "")}"))}

          --seconds N          of each measurement, after a warm-up (default 10; a bare number means the same)
          --rounds N           repeats everything (default 1)
          --storage NAME       sqlite or postgresql alone (default both)

        {OperatorOptions.Usage}
        {RoutingOptions.Usage}
        """;

    /// <summary>Null where the command line cannot be understood.</summary>
    public static BenchmarkOptions? Parse(IReadOnlyList<string> arguments, IEnumerable<Suite> suites)
    {
        var options = Default;
        for (var i = 0; i < arguments.Count; i++)
        {
            var isOption = arguments[i].StartsWith("--", StringComparison.Ordinal);
            var value = isOption ? arguments.ElementAtOrDefault(++i) : arguments[i];
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (isOption ? arguments[i - 1] : "")
            {
                case "--seconds" or "" when number > 0:
                    options = options with { Duration = TimeSpan.FromSeconds(number) };
                    break;
                case "--rounds" when number > 0:
                    options = options with { Rounds = number };
                    break;
                case "--storage" when value is Sqlite or PostgreSql:
                    options = options with { Storages = [value] };
                    break;
                case var name when isOption && value is not null
                    && (options.Routing.Take(name, value) || options.Operator.Take(name, value)):
                    break;
                case "" when suites.Any(suite => suite.Name == value):
                    options = options with { Suites = [.. options.Suites, value!] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
