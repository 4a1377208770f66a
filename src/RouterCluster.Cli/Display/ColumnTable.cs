using Spectre.Console;

namespace RouterCluster.Cli.Display;

/// <summary>
/// A list as a table with one line per row. On a narrow terminal columns are left out and named below; if even the
/// essential ones have no room, each row becomes a list of facts.
/// </summary>
internal sealed class ColumnTable<T>
{
    private readonly List<Column<T>> _columns = [];

    public ColumnTable<T> Label(
        string header, Func<T, string?> text, int rank = Column<T>.Essential, Func<T, Style>? style = null) =>
        Add(new Column<T>(header, text, rank, ColumnForm.Label, style));

    public ColumnTable<T> Number(string header, Func<T, string?> text, int rank = Column<T>.Essential) =>
        Add(new Column<T>(header, text, rank, ColumnForm.Number, null));

    public ColumnTable<T> Prose(string header, Func<T, string?> text, int rank = Column<T>.Essential) =>
        Add(new Column<T>(header, text, rank, ColumnForm.Prose, null));

    public ColumnTable<T> Moment(string header, Func<T, DateTimeOffset?> moment, int rank = Column<T>.Essential) => Add(
        new Column<T>(header, row => moment(row) is { } known ? DisplayText.Moment(known) : null, rank, ColumnForm.Label, null)
        {
            Short = new Column<T>(
                $"{header} (UTC)", row => moment(row) is { } known ? DisplayText.Second(known) : null, rank,
                ColumnForm.Label, null),
        });

    /// <param name="empty">The sentence for a list without rows.</param>
    public void Show(IAnsiConsole screen, IReadOnlyList<T> rows, string empty)
    {
        if (rows.Count == 0)
        {
            screen.Say(empty);
            return;
        }

        Show(screen, rows);
    }

    public void Show(IAnsiConsole screen, IReadOnlyList<T> rows)
    {
        var whole = new ColumnCells<T>(_columns, rows);
        var columns = whole.Fit(screen.Profile.Width) is { } all && whole.IsWhole(all)
            ? whole
            : new ColumnCells<T>([.. _columns.Select(column => column.Short ?? column)], rows);
        if (columns.Fit(screen.Profile.Width) is not { } widths)
        {
            whole.ShowAsFacts(screen);
            return;
        }

        screen.Write(new Lines(columns.Lines(widths)));
        if (columns.LeftOut(widths) is { Length: > 0 } left)
        {
            screen.Say($"Not shown for want of room: {string.Join(", ", left)}.", new Style(decoration: Decoration.Dim));
        }
    }

    private ColumnTable<T> Add(Column<T> column)
    {
        _columns.Add(column);
        return this;
    }
}
