using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Events;

/// <summary>Something that has happened to the router, for people who look back.</summary>
/// <param name="Kind">Of <see cref="EventKinds"/>.</param>
/// <param name="Channel">Null when it is about none, or about several.</param>
/// <param name="Text">One line.</param>
/// <param name="Tags">More words to find it by.</param>
internal sealed record RouterEvent(
    DateTimeOffset At, string Kind, string? Channel, string Text, ImmutableArray<string> Tags);

/// <param name="Kind">Null: any.</param>
/// <param name="Channel">Null: any, or none.</param>
internal sealed record EventFilter(DateTimeOffset Since, string? Kind, ChannelId? Channel);

/// <summary>Where a page begins: before this moment, or in it and after the row with this id.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Id">Empty: nothing of the moment itself.</param>
internal sealed record EventStart(long At, string Id);

/// <summary>One row of a source; not every row fits the filter.</summary>
/// <param name="Event">Null: it does not fit.</param>
internal sealed record EventRow(long At, string Id, RouterEvent? Event);

/// <summary>A place where events are stored, each of them once.</summary>
internal interface IEventSource
{
    IReadOnlyList<string> Kinds { get; }

    /// <summary>Newest first, and at most so many; fewer mean that there are no more.</summary>
    /// <param name="most">Grows where rows have to be read to know whether they fit.</param>
    Task<IReadOnlyList<EventRow>> ReadAsync(
        EventFilter filter, EventStart start, int most, CancellationToken cancellation);
}
