using System.Globalization;

namespace RouterCluster.Cli.Display;

/// <summary>Rows for spreadsheets and scripts (RFC 4180): raw values under the API's names, and nothing is cut.</summary>
internal sealed class CsvTable<T>
{
    private readonly List<(string Name, Func<T, string?> Text)> _fields = [];

    public CsvTable<T> Text(string name, Func<T, string?> text)
    {
        _fields.Add((name, row => Inert(text(row))));
        return this;
    }

    public CsvTable<T> Number(string name, Func<T, long> number)
    {
        _fields.Add((name, row => number(row).ToString(CultureInfo.InvariantCulture)));
        return this;
    }

    public CsvTable<T> Moment(string name, Func<T, DateTimeOffset?> moment)
    {
        _fields.Add((
            name, row => moment(row)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));
        return this;
    }

    public void Write(TextWriter to, IEnumerable<T> rows)
    {
        to.Write(string.Join(',', _fields.Select(field => field.Name)) + "\n");
        foreach (var row in rows)
        {
            to.Write(string.Join(',', _fields.Select(field => Quoted(field.Text(row) ?? ""))) + "\n");
        }
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    /// <summary>A spreadsheet would run a channel's or merchant's text as a formula.</summary>
    private static string? Inert(string? text) => text is ['=' or '+' or '-' or '@' or '\t', ..] ? $"'{text}" : text;
}
