using System.Globalization;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>Where a page ended, a moment and an id, as clients are given it and bring it back.</summary>
internal static class PageCursor
{
    private const char Dot = '.';

    /// <param name="start">The moment before the first page.</param>
    /// <exception cref="FormatException">The cursor is none of ours.</exception>
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

    /// <summary>Parts rows, of which one more than a page was asked for, into the page and where the next one starts.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(
        IReadOnlyList<T> rows, int limit, Func<T, (DateTimeOffset At, string Id)> endOf)
    {
        if (rows.Count <= limit)
        {
            return (rows, null);
        }

        var (at, id) = endOf(rows[limit - 1]);
        return ([.. rows.Take(limit)], string.Create(CultureInfo.InvariantCulture, $"{at.ToStored()}{Dot}{id}"));
    }
}
