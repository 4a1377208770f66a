namespace RouterCluster.Node.Events;

/// <summary>What has happened, out of all places where it is stored.</summary>
internal interface IEventLog
{
    /// <summary>Newest first. A page may have fewer than so many although there are more: so many rows were looked at.</summary>
    /// <param name="until">Only earlier ones; the first page begins here.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    Task<EventPage> ReadAsync(
        EventFilter filter, DateTimeOffset until, string? cursor, int limit, CancellationToken cancellation);
}

/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record EventPage(IReadOnlyList<RouterEvent> Items, string? Next);
