using Spectre.Console;

namespace RouterCluster.Cli.Display;

/// <param name="Rank">On a narrow terminal the column of the highest rank is left out first, an <see cref="Essential"/>
/// one never.</param>
internal sealed record Column<T>(string Header, Func<T, string?> Text, int Rank, ColumnForm Form, Func<T, Style>? Style)
{
    public const int Essential = 0;

    /// <summary>A narrower form, for a table that has no room for all of its columns.</summary>
    public Column<T>? Short { get; init; }
}

/// <summary>
/// A label or a number is shown whole or its column is left out, because half an id is useless. Prose, lists included,
/// may end with "…" between two words.
/// </summary>
internal enum ColumnForm
{
    Label,
    Number,
    Prose,
}
