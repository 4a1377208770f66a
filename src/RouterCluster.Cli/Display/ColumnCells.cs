using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterCluster.Cli.Display;

/// <summary>The cells of a table, of which as many columns are shown as fit.</summary>
internal sealed class ColumnCells<T>
{
    /// <summary>Shorter prose says too little to be worth a column.</summary>
    private const int LeastProse = 16;

    private static readonly Style HeaderStyle = new(decoration: Decoration.Bold);

    private readonly IReadOnlyList<Column<T>> _columns;
    private readonly IReadOnlyList<T> _rows;
    private readonly string[][] _cells;
    private readonly ColumnNeed[] _needs;

    public ColumnCells(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        _columns = columns;
        _rows = rows;
        _cells = [.. rows.Select(
            row => columns.Select(column => SafeText.Of(column.Text(row) ?? DisplayText.Nothing)).ToArray())];
        _needs = [.. columns.Select((column, place) => Need(column, [.. _cells.Select(row => row[place])]))];
    }

    /// <returns>The width of each column, 0 for one that is left out; null when not even the essential ones have room.</returns>
    public int[]? Fit(int width) => ColumnLayout.Fit(_needs, width);

    /// <summary>No column with values is left out or cut.</summary>
    public bool IsWhole(int[] widths) =>
        _needs.Zip(widths).All(pair => pair.First.IsEmpty || pair.Second == pair.First.Widest);

    public IEnumerable<Segment[]> Lines(int[] widths) =>
    [
        Line([.. _columns.Select(column => column.Header)], widths, _ => HeaderStyle),
        .. _rows.Zip(_cells, (row, cells) => Line(cells, widths, column => column.Style?.Invoke(row) ?? Style.Plain)),
    ];

    /// <summary>The headers of columns with values that are left out.</summary>
    public string[] LeftOut(int[] widths) =>
        [.. _columns.Where((_, place) => widths[place] == 0 && !_needs[place].IsEmpty).Select(column => column.Header)];

    public void ShowAsFacts(IAnsiConsole screen)
    {
        foreach (var (row, cells) in _rows.Zip(_cells))
        {
            var facts = new FactList();
            foreach (var (column, text) in _columns.Zip(cells).Where(pair => !IsNothing(pair.Second)))
            {
                facts.Fact(column.Header, text, column.Style?.Invoke(row));
            }

            facts.Show(screen);
            screen.Say("");
        }
    }

    private static ColumnNeed Need(Column<T> column, string[] cells)
    {
        var widest = Math.Max(cells.Select(cell => cell.GetCellWidth()).DefaultIfEmpty(0).Max(), column.Header.GetCellWidth());
        var least = column.Form == ColumnForm.Prose ? Math.Min(widest, LeastProse) : widest;
        return new ColumnNeed(widest, least, column.Rank, cells.All(IsNothing));
    }

    private static bool IsNothing(string cell) => cell is DisplayText.Nothing or "";

    private Segment[] Line(string[] cells, int[] widths, Func<Column<T>, Style> style)
    {
        var line = new List<Segment>();
        var shown = Enumerable.Range(0, cells.Length).Where(place => widths[place] > 0).ToArray();
        foreach (var place in shown)
        {
            var text = WordWrap.Cut(cells[place], widths[place]);
            var blank = new string(' ', widths[place] - text.GetCellWidth());
            var isNumber = _columns[place].Form == ColumnForm.Number;
            // No blanks at the end of a line.
            var isLast = place == shown[^1];
            line.Add(new Segment(isNumber ? blank : ""));
            line.Add(new Segment(text, style(_columns[place])));
            line.Add(new Segment(isNumber || isLast ? "" : blank));
            line.Add(new Segment(isLast ? "" : new string(' ', ColumnLayout.Between)));
        }

        return [.. line.Where(segment => segment.Text.Length > 0)];
    }
}
