using Spectre.Console;

namespace RouterCluster.Cli.Display;

/// <summary>
/// A column of a table. <paramref name="Rank"/> says how soon it is left out where the terminal is too narrow: the
/// highest first, <see cref="Essential"/> never.
/// </summary>
internal sealed record Column<T>(string Header, Func<T, string?> Text, int Rank, ColumnForm Form, Func<T, Style>? Style)
{
    public const int Essential = 0;

    /// <summary>The same in fewer cells, for a table that has no room for all of its columns.</summary>
    public Column<T>? Short { get; init; }
}

/// <summary>
/// How a column is shown. A label or a number is whole, or its column is left out: half an id is no id. Prose, lists among
/// it, may end with "…" between two words.
/// </summary>
internal enum ColumnForm
{
    Label,
    Number,
    Prose,
}
