using System.Globalization;
using System.Text;

namespace RouterCluster.Replay;

/// <summary>Comma-separated text with a header that names every column, in any order. An empty cell means no value.</summary>
public sealed class TraceFormat
{
    private static readonly string[] Columns =
    [
        "bucket_start_s", "bucket_len_s", "segment", "product", "channel", "eligible", "arrivals", "success_prob",
        "customer_fail_prob", "latency_p50_ms", "latency_p95_ms", "late_frac", "capacity", "source_n",
    ];

    // Far beyond any real line; files of other kinds may have no line breaks.
    private const int LongestLine = 10_000;

    private readonly int[] _places;
    private readonly string[] _cells;

    private TraceFormat(int[] places)
    {
        _places = places;
        _cells = new string[places.Length];
    }

    public static string Header => string.Join(',', Columns);

    /// <summary>Finds the columns by the header line.</summary>
    public static TraceFormat Of(string header)
    {
        var cells = new string[Columns.Length];
        var count = Split(header.TrimStart('\uFEFF'), cells, 1);
        var places = Array.ConvertAll(Columns, name => Array.IndexOf(cells, name));
        var missing = Columns.Where((_, column) => places[column] < 0).ToArray();
        return missing.Length == 0 && count == Columns.Length
            ? new TraceFormat(places)
            : throw new TraceFormatException(1, missing.Length == 0
                ? $"the header has {count} columns, not {Columns.Length}"
                : $"the header lacks {string.Join(", ", missing)}");
    }

    public TraceRow Parse(string text, long line)
    {
        var count = Split(text, _cells, line);
        if (count != Columns.Length)
        {
            throw new TraceFormatException(line, $"{count} cells, not {Columns.Length}");
        }

        return new TraceRow(
            Start: Needed(0, line, double.MinValue, double.MaxValue),
            Length: Needed(1, line, double.Epsilon, double.MaxValue),
            Segment: Name(2, line),
            Product: Cell(3),
            Channel: Name(4, line),
            IsEligible: Truth(5, line),
            Arrivals: Number(6, line, 0, 1e12) ?? 0,
            Success: Number(7, line, 0, 1),
            CustomerFailure: Number(8, line, 0, 1),
            P50Ms: Number(9, line, 0, double.MaxValue),
            P95Ms: Number(10, line, 0, double.MaxValue),
            LateShare: Number(11, line, 0, 1),
            Capacity: Number(12, line, 0, double.MaxValue),
            SourceCount: Number(13, line, 0, double.MaxValue));
    }

    public static string Write(in TraceRow row) => string.Join(
        ',',
        Text(row.Start), Text(row.Length), Quoted(row.Segment), Quoted(row.Product), Quoted(row.Channel),
        row.IsEligible ? "1" : "0", Text(row.Arrivals), Text(row.Success), Text(row.CustomerFailure), Text(row.P50Ms),
        Text(row.P95Ms), Text(row.LateShare), Text(row.Capacity), Text(row.SourceCount));

    private string Cell(int column) => _cells[_places[column]];

    private string Name(int column, long line) => Cell(column) is { Length: > 0 } name
        ? name
        : throw new TraceFormatException(line, $"{Columns[column]} is empty");

    private double Needed(int column, long line, double min, double max) => Number(column, line, min, max)
        ?? throw new TraceFormatException(line, $"{Columns[column]} is empty");

    private double? Number(int column, long line, double min, double max)
    {
        var text = Cell(column);
        if (text.Length == 0)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new TraceFormatException(line, $"{Columns[column]} is '{Shown(text)}', not {Range(min, max)}");
    }

    private static string Range(double min, double max) => (min, max) switch
    {
        (0, 1) => "a number from 0 to 1",
        (0, _) => "a number from 0",
        (double.Epsilon, _) => "a number above 0",
        _ => "a number",
    };

    private bool Truth(int column, long line) => Cell(column) switch
    {
        "1" or "1.0" or "true" or "True" or "TRUE" => true,
        "" or "0" or "0.0" or "false" or "False" or "FALSE" => false,
        var other => throw new TraceFormatException(line, $"{Columns[column]} is '{Shown(other)}', not 0 or 1"),
    };

    /// <summary>Cuts a line into cells; superfluous cells are only counted.</summary>
    private static int Split(string text, string[] cells, long line)
    {
        if (text.Length > LongestLine)
        {
            throw new TraceFormatException(line, $"longer than {LongestLine} characters");
        }

        var (count, at) = (0, 0);
        while (at <= text.Length)
        {
            var cell = text.AsSpan(at).StartsWith("\"") ? Unquoted(text, ref at, line) : Plain(text, ref at);
            if (count < cells.Length)
            {
                cells[count] = cell;
            }

            count++;
        }

        return count;
    }

    private static string Plain(string text, ref int at)
    {
        var comma = text.IndexOf(',', at);
        var end = comma < 0 ? text.Length : comma;
        var cell = text.AsSpan(at, end - at).Trim();
        at = end + 1;
        if (cell.Length == 1 && cell[0] is '0' or '1')
        {
            return cell[0] == '0' ? "0" : "1";
        }

        return cell.ToString();
    }

    private static string Unquoted(string text, ref int at, long line)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(text[at++]);
            }
            else
            {
                break;
            }
        }

        var isClosed = at < text.Length && (at + 1 == text.Length || text[at + 1] == ',');
        at += 2;
        return isClosed ? cell.ToString() : throw new TraceFormatException(line, "a quoted cell is not closed");
    }

    private static string Text(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string name) => name.AsSpan().IndexOfAny(",\"\n\r") < 0 && name.Trim() == name
        ? name
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
