using System.Collections.Concurrent;
using RouterCluster.Node.Events;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>A breaker that has opened; every cursor but "more" is somebody else's.</summary>
internal sealed class FakeEvents : IEventLog
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public ConcurrentQueue<(EventFilter Filter, DateTimeOffset Until, string? Cursor, int Limit)> Asked { get; } = new();

    public Task<EventPage> ReadAsync(
        EventFilter filter, DateTimeOffset until, string? cursor, int limit, CancellationToken cancellation)
    {
        Asked.Enqueue((filter, until, cursor, limit));
        return cursor is null or "more"
            ? Task.FromResult(new EventPage(
                [new RouterEvent(At, EventKinds.Breaker, "alpha", "submit breaker is open", ["breaker", "alpha"])], "more"))
            : throw new FormatException();
    }
}
