using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace RouterCluster.Cli.Verbs;

/// <summary>
/// How an answer is read and shown to people. <paramref name="BesideJson"/> shows it on standard error when the
/// body itself goes to standard output.
/// </summary>
internal sealed record View<T>(JsonTypeInfo<T> Shape, Action<IAnsiConsole, T> Show, bool BesideJson = false);
