using Spectre.Console;

namespace RouterCluster.Cli.Display;

/// <summary>The tables' common look. Cells are plain text, so nothing in them is taken for markup.</summary>
internal static class Sheet
{
    public static Text Cell(string? text, Style? style = null) => new(SafeText.Of(text ?? Words.Nothing), style);

    public static Table Table() => new Table().Border(TableBorder.Simple);

    public static Table Left(this Table table, params string[] headers) => table.With(headers, Justify.Left);

    public static Table Right(this Table table, params string[] headers) => table.With(headers, Justify.Right);

    /// <summary>A list of labels and values without a head.</summary>
    public static Table Facts()
    {
        var facts = new Table().Border(TableBorder.None).HideHeaders();
        facts.AddColumn(new TableColumn("").NoWrap());
        facts.AddColumn(new TableColumn(""));
        return facts;
    }

    public static Table Fact(this Table facts, string label, string? value, Style? style = null) =>
        facts.AddRow(Cell(label), Cell(value, style));

    public static void Heading(this IAnsiConsole screen, string text)
    {
        screen.WriteLine();
        screen.Write(Cell(text, new Style(decoration: Decoration.Bold)));
        screen.WriteLine();
    }

    private static Table With(this Table table, IEnumerable<string> headers, Justify justify)
    {
        foreach (var header in headers)
        {
            // A number broken into two lines reads as two numbers.
            table.AddColumn(new TableColumn(new Text(header))
            {
                Alignment = justify,
                Padding = new Padding(0, 0, 1, 0),
                NoWrap = justify == Justify.Right,
            });
        }

        return table;
    }
}
