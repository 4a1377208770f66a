using System.Globalization;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>The end of a page (a moment and an id) in the form that clients get and send back.</summary>
internal static class PageCursor
{
    private const char Dot = '.';

    /// <param name="start">The moment that the first page starts from.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    public static (long At, string Id) Read(string? cursor, long start, Func<string, bool> isId)
    {
        if (cursor is null)
        {
            return (start, "");
        }

        var parts = cursor.Split(Dot);
        return parts.Length == 2 && isId(parts[1])
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            ? (at, parts[1])
            : throw new FormatException("The cursor is not one that a page ended with.");
    }

    /// <summary>Splits rows, read with one more than the limit, into the page and the cursor of the next page.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(
        IReadOnlyList<T> rows, int limit, Func<T, (DateTimeOffset At, string Id)> endOf)
    {
        if (rows.Count <= limit)
        {
            return (rows, null);
        }

        var (at, id) = endOf(rows[limit - 1]);
        return ([.. rows.Take(limit)], Of((at.ToStored(), id)));
    }

    public static string Of((long At, string Id) end) => string.Create(CultureInfo.InvariantCulture, $"{end.At}{Dot}{end.Id}");
}
