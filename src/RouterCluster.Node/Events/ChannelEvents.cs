using System.Diagnostics;
using System.Globalization;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Events;

/// <summary>Moves of breakers, announcements of companies, and operators' changes of channels.</summary>
internal sealed class ChannelEvents(ChannelJournal journal) : IEventSource
{
    public IReadOnlyList<string> Kinds { get; } = [EventKinds.Breaker, EventKinds.Maintenance, EventKinds.Operator];

    public async Task<IReadOnlyList<EventRow>> ReadAsync(
        EventFilter filter, EventStart start, int most, CancellationToken cancellation)
    {
        var rows = await journal.ReadAsync(filter.Channel, filter.Since, PointOf(start), most, cancellation);
        return [.. rows.Select(row => new EventRow(row.At.ToStored(), IdOf(row), Fitting(row, filter)))];
    }

    /// <summary>Rows are finer in time than pages: the ticks beyond the millisecond belong to the id.</summary>
    private static string IdOf(ChannelRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.At.UtcTicks % TimeSpan.TicksPerMillisecond}.{row.Ordering}");

    /// <exception cref="FormatException">No row has this id.</exception>
    private static (DateTimeOffset At, long Ordering) PointOf(EventStart start)
    {
        var at = Math.Min(start.At, DateTimeOffset.MaxValue.ToStored()).ToTime();
        if (start.Id.Length == 0)
        {
            return (at, 0);
        }

        var parts = start.Id.Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks < TimeSpan.TicksPerMillisecond
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ordering)
            ? (at.AddTicks(ticks), ordering)
            : throw new FormatException("The cursor is not one that a page of events ended with.");
    }

    private static RouterEvent? Fitting(ChannelRow row, EventFilter filter) =>
        row.Event is not null && ToEvent(row, row.Event) is var made && (filter.Kind is null || made.Kind == filter.Kind)
            ? made
            : null;

    private static RouterEvent ToEvent(ChannelRow row, ChannelEvent stored) => stored switch
    {
        BreakerMoved moved => Of(
            row, EventKinds.Breaker, $"{moved.Lane.Name()} breaker is {moved.State.Name()}{Until(moved.OpenUntil)}",
            moved.Lane.Name(), moved.State.Name()),
        MaintenanceAnnounced announced => Of(
            row, EventKinds.Maintenance, $"the company announces maintenance{Until(announced.Until)}"),
        ThrottleAnnounced throttled => Of(
            row, EventKinds.Maintenance, $"the company asks for no calls{Until(throttled.Until)}", "throttle"),
        ChannelAdjusted { Change: var change } => Of(
            row, EventKinds.Operator,
            $"{change.By}: {OperatorChange.Describe(change)}{(change.Reason.Length > 0 ? $": {change.Reason}" : "")}", change.By),
        _ => throw new UnreachableException(),
    };

    private static RouterEvent Of(ChannelRow row, string kind, string text, params string[] tags) =>
        new(row.At.ToStored().ToTime(), kind, row.Channel, text, [kind, row.Channel, .. tags]);

    private static string Until(DateTimeOffset? moment) =>
        moment is { } end ? FormattableString.Invariant($" until {end:yyyy-MM-ddTHH:mm:ssZ}") : "";
}
