using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Events;

/// <summary>Begins and ends of nodes that share a database, as long as it keeps their rows. A node on SQLite has none.</summary>
internal sealed class NodeEvents(RouterDatabase database) : IEventSource
{
    private const int MostRuns = 1_000;

    public IReadOnlyList<string> Kinds { get; } = [EventKinds.Node];

    public async Task<IReadOnlyList<EventRow>> ReadAsync(
        EventFilter filter, EventStart start, int most, CancellationToken cancellation)
    {
        if (database.Dialect.HasOneWriter || filter.Channel is not null)
        {
            return [];
        }

        var runs = await database.ReadAsync(
            connection => NodeLeaseTable.RunsAsync(connection, MostRuns, cancellation), cancellation);
        var since = filter.Since.ToStored();
        return
        [
            .. runs.SelectMany(Events)
                .Where(row => row.At >= since && (row.At < start.At
                    || (row.At == start.At && string.CompareOrdinal(row.Id, start.Id) < 0)))
                .OrderByDescending(row => row.At).ThenByDescending(row => row.Id, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    private static IEnumerable<EventRow> Events(NodeRun run)
    {
        yield return Of(run, 1, run.Since, $"node {run.Owner} has begun", "begun");
        if (run.FencedBy is { } by)
        {
            yield return Of(run, 2, run.RenewedAt, $"node {run.Owner} was lost: {by} has found it silent", "lost");
        }
        else if (run.IsReleased)
        {
            yield return Of(run, 2, run.RenewedAt, $"node {run.Owner} has stopped", "stopped");
        }
    }

    private static EventRow Of(NodeRun run, int no, DateTimeOffset at, string text, string tag) => new(
        at.ToStored(), $"{run.Incarnation}/{no}", new RouterEvent(at, EventKinds.Node, null, text, [EventKinds.Node, tag]));
}
