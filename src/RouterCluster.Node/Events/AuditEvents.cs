using System.Collections.Immutable;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Events;

/// <summary>What operators did that was not about a single payment; a list of payments that was decided is one row.</summary>
internal sealed class AuditEvents(AuditTrail trail) : IEventSource
{
    private const string OfConfiguration = "config/";
    private const string OfNodes = "node/";

    public IReadOnlyList<string> Kinds { get; } =
        [EventKinds.Operator, EventKinds.Policy, EventKinds.Configuration, EventKinds.Node];

    public async Task<IReadOnlyList<EventRow>> ReadAsync(
        EventFilter filter, EventStart start, int most, CancellationToken cancellation)
    {
        var before = new AuditPoint(Math.Min(start.At, DateTimeOffset.MaxValue.ToStored()).ToTime(), start.Id);
        var rows = await trail.OfNoPaymentAsync(filter.Since, before, most, cancellation);
        return [.. rows.Select(row => new EventRow(row.At.ToStored(), row.Id, Fitting(row, filter)))];
    }

    private static RouterEvent? Fitting(AuditEntry entry, EventFilter filter)
    {
        var kind = KindOf(entry);
        var fits = (filter.Kind is null || filter.Kind == kind)
            && (filter.Channel is not { } channel || Names(entry, channel.Value));
        return fits ? ToEvent(entry, kind, filter.Channel?.Value) : null;
    }

    private static RouterEvent ToEvent(AuditEntry entry, string kind, string? channel) => new(
        entry.At, kind, channel, $"{entry.By}: {entry.What}{(entry.Reason is { } reason ? $": {reason}" : "")}",
        channel is null ? [kind, entry.By] : [kind, channel, entry.By]);

    private static string KindOf(AuditEntry entry) => entry.Id switch
    {
        _ when entry.Id.StartsWith(OfNodes, StringComparison.Ordinal) => EventKinds.Node,
        _ when !entry.Id.StartsWith(OfConfiguration, StringComparison.Ordinal) => EventKinds.Operator,
        _ => Lines(entry).Any(IsOfRoutes) ? EventKinds.Policy : EventKinds.Configuration,
    };

    /// <summary>The lines of a configuration's change stand after its number.</summary>
    private static ImmutableArray<string> Lines(AuditEntry entry) =>
        ChangeLines.Split(entry.What[(entry.What.IndexOf(": ", StringComparison.Ordinal) + 2)..]);

    private static bool IsOfRoutes(string line) =>
        line.StartsWith("merchant ", StringComparison.Ordinal) && line.Contains(": routing", StringComparison.Ordinal);

    private static bool Names(AuditEntry entry, string channel) =>
        entry.Id.StartsWith(OfConfiguration, StringComparison.Ordinal)
            ? Lines(entry).Any(line => line.StartsWith($"channel {channel}: ", StringComparison.Ordinal))
            : entry.What.Contains($" of channel {channel},", StringComparison.Ordinal)
                || entry.What.Contains($" of channel {channel} ", StringComparison.Ordinal);
}
