namespace RouterCluster.Cli.Display;

/// <summary>A column's widths in cells of the terminal.</summary>
internal sealed record ColumnNeed(int Widest, int Least, int Rank, bool IsEmpty);

internal static class ColumnLayout
{
    public const int Between = 2;

    /// <returns>The width of each column, 0 for one that is left out; null when not even the essential ones have room.</returns>
    public static int[]? Fit(IReadOnlyList<ColumnNeed> columns, int width)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        // Columns without values go first; essential ones never go.
        if (columns.Sum(column => column.Widest) + (Between * (columns.Count - 1)) > width)
        {
            shown.RemoveAll(column => columns[column].IsEmpty && columns[column].Rank > 0);
        }

        var order = shown
            .Where(column => columns[column].Rank > 0)
            .OrderByDescending(column => columns[column].Rank)
            .ThenByDescending(column => column)
            .ToArray();
        foreach (var column in order)
        {
            if (Total(shown, columns) <= width)
            {
                break;
            }

            shown.Remove(column);
        }

        return Total(shown, columns) <= width ? Widths(columns, shown, width) : null;
    }

    private static int[] Widths(IReadOnlyList<ColumnNeed> columns, List<int> shown, int width)
    {
        var widths = new int[columns.Count];
        var spare = width - Total(shown, columns);
        foreach (var column in shown)
        {
            // Spare room goes to the columns that can use it, the first one first.
            var more = Math.Min(spare, columns[column].Widest - columns[column].Least);
            widths[column] = columns[column].Least + more;
            spare -= more;
        }

        return widths;
    }

    private static int Total(List<int> shown, IReadOnlyList<ColumnNeed> columns) =>
        shown.Sum(column => columns[column].Least) + (Between * (shown.Count - 1));
}
