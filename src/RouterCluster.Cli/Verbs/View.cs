using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace RouterCluster.Cli.Verbs;

/// <summary>
/// Reads an answer and shows it to people. <paramref name="BesideJson"/> shows it on standard error while the body goes
/// to standard output.
/// </summary>
internal sealed record View<T>(JsonTypeInfo<T> Shape, Action<IAnsiConsole, T> Show, bool BesideJson = false)
{
    /// <summary>The answer came, and scripts must not go on all the same.</summary>
    public Func<T, bool>? HasFailed { get; init; }
}
