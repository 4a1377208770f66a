using System.Diagnostics.Metrics;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Webhooks;

/// <summary>The backlog of webhooks in this node's lanes.</summary>
internal sealed class WebhookGauges
{
    private readonly IWebhooks _notifications;
    private readonly TimeProvider _time;

    public WebhookGauges(RouterMetrics metrics, IWebhooks notifications, TimeProvider time)
    {
        _notifications = notifications;
        _time = time;
        metrics.Meter.CreateObservableGauge(
            "router_notifications_pending", () => By(backlog => backlog.Pending), null, "Webhooks that are not delivered yet.");
        metrics.Meter.CreateObservableGauge(
            "router_notifications_oldest_seconds", () => By(Age), null, "Age of the oldest webhook that waits.");
    }

    private IEnumerable<Measurement<long>> By(Func<WebhookBacklog, long> figure) =>
        _notifications.Backlogs.Select(row => new Measurement<long>(
            figure(row.Value), new KeyValuePair<string, object?>("merchant", row.Key.Value)));

    private long Age(WebhookBacklog backlog) =>
        backlog.Oldest is { } oldest ? Math.Max(0, (long)(_time.GetUtcNow() - oldest).TotalSeconds) : 0;
}
