using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Events;

/// <summary>Alerts that have begun, or those that were resolved, as long as they are kept.</summary>
internal sealed class AlertEvents(AlertStore store, AlertHistory order) : IEventSource
{
    public IReadOnlyList<string> Kinds { get; } = [EventKinds.Outage, EventKinds.Node, EventKinds.Alert];

    public async Task<IReadOnlyList<EventRow>> ReadAsync(
        EventFilter filter, EventStart start, int most, CancellationToken cancellation)
    {
        var rules = AlertRules.All.Where(rule => filter.Kind is null || KindOf(rule) == filter.Kind);
        // Of alerts that are not resolved the moment is 0, before anything that can be asked for.
        var since = filter.Since > DateTimeOffset.UnixEpoch ? filter.Since : DateTimeOffset.UnixEpoch.AddMilliseconds(1);
        var alerts = await store.HistoryAsync(order, since, (start.At, start.Id), rules, filter.Channel, most, cancellation);
        return
        [
            .. alerts.Select(alert =>
            {
                var at = order == AlertHistory.Begun ? alert.Since : alert.ResolvedAt!.Value;
                return new EventRow(at.ToStored(), alert.Id, ToEvent(alert, at));
            }),
        ];
    }

    private static string KindOf(AlertRule rule) => rule switch
    {
        AlertRule.ChannelOutage or AlertRule.AllDegraded => EventKinds.Outage,
        AlertRule.NodeLost => EventKinds.Node,
        _ => EventKinds.Alert,
    };

    private RouterEvent ToEvent(Alert alert, DateTimeOffset at)
    {
        var (subject, severity, rule) = (alert.Subject, alert.Rule.Severity().Name(), alert.Rule.Name());
        var text = order == AlertHistory.Begun
            ? $"{severity} {rule} of {subject}: {alert.Message}"
            : $"{rule} of {subject} is over (since {alert.Since:yyyy-MM-ddTHH:mm:ssZ})";
        string?[] tags =
        [
            KindOf(alert.Rule), rule, severity, order == AlertHistory.Begun ? "begun" : "resolved", subject.Channel?.Value,
            subject.Product?.Name(), subject.Merchant?.Value,
        ];
        return new RouterEvent(at, KindOf(alert.Rule), subject.Channel?.Value, text, [.. tags.OfType<string>()]);
    }
}
