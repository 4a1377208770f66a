using System.Globalization;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Events;

/// <summary>
/// Merges the sources by time. Within a millisecond they come in their fixed order, so that a cursor is a moment, a source and a
/// row of it.
/// </summary>
internal sealed class EventLog(IEnumerable<IEventSource> sources) : IEventLog
{
    /// <summary>So many rows of a source are read for a page that has to look at each.</summary>
    public const int MostLooked = 2_000;

    private const char Separator = '.';

    private readonly IEventSource[] _sources = [.. sources];

    public async Task<EventPage> ReadAsync(
        EventFilter filter, DateTimeOffset until, string? cursor, int limit, CancellationToken cancellation)
    {
        var start = cursor is null ? new Position(until.ToStored(), _sources.Length, "") : Parse(cursor);
        var found = new List<(Position Position, RouterEvent Event)>();
        Position? cut = null;
        var most = filter is { Kind: null, Channel: null } ? limit + 1 : Math.Max(MostLooked, limit + 1);
        for (var source = 0; source < _sources.Length; source++)
        {
            if (filter.Kind is { } kind && !_sources[source].Kinds.Contains(kind))
            {
                continue;
            }

            var rows = await _sources[source].ReadAsync(filter, start.For(source), most, cancellation);
            found.AddRange(
                from row in rows
                where row.Event is not null
                select (new Position(row.At, source, row.Id), row.Event!));
            if (rows.Count >= most)
            {
                // Of this source nothing is known that is older than its last row.
                var last = new Position(rows[^1].At, source, rows[^1].Id);
                cut = cut is null || last.IsBefore(cut) ? last : cut;
            }
        }

        return Page([.. found.Where(one => cut is null || !cut.IsBefore(one.Position))], cut, limit);
    }

    private static EventPage Page(List<(Position Position, RouterEvent Event)> found, Position? cut, int limit)
    {
        // The order within a source stays as it is.
        var page = found.OrderByDescending(one => one.Position.At).ThenBy(one => one.Position.Source).ToList();
        var next = page.Count > limit ? page[limit - 1].Position : cut;
        return new EventPage([.. page.Take(limit).Select(one => one.Event)], next?.ToString());
    }

    private Position Parse(string cursor)
    {
        var parts = cursor.Split(Separator, 3);
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.ToStored()
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var source)
            && source < _sources.Length
            ? new Position(at, source, parts[2])
            : throw new FormatException("The cursor is not one that a page of events ended with.");
    }

    private sealed record Position(long At, int Source, string Id)
    {
        /// <summary>It comes earlier in the list; rows of one source in one moment are not compared.</summary>
        public bool IsBefore(Position other) => At > other.At || (At == other.At && Source < other.Source);

        /// <summary>Of the moment, sources before this one were shown, and sources after it were not.</summary>
        public EventStart For(int source) => source.CompareTo(Source) switch
        {
            < 0 => new EventStart(At, ""),
            0 => new EventStart(At, Id),
            _ => new EventStart(At + 1, ""),
        };

        public override string ToString() => string.Join(
            Separator, At.ToString(CultureInfo.InvariantCulture), Source.ToString(CultureInfo.InvariantCulture), Id);
    }
}
