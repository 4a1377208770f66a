using System.Diagnostics.Metrics;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Alerts;

/// <summary>The active alerts, on the node that evaluates them, and what became of deliveries.</summary>
internal sealed class AlertStandings
{
    private readonly Counter<long> _deliveries;
    private volatile IReadOnlyCollection<Alert>? _active;

    public AlertStandings(RouterMetrics metrics)
    {
        metrics.Meter.CreateObservableGauge(
            "router_alerts_active", Counts, null,
            "Active alerts by rule, muted ones included; from the node that evaluates them.");
        _deliveries = metrics.Meter.CreateCounter<long>(
            "router_alert_deliveries_total", null, "Deliveries of alerts by target and result.");
    }

    /// <summary>Null: another node evaluates the alerts.</summary>
    public void Write(IReadOnlyCollection<Alert>? active) => _active = active;

    public void Delivered(string target, bool isTaken) => _deliveries.Add(
        1, new("target", target), new KeyValuePair<string, object?>("result", isTaken ? "delivered" : "failed"));

    private IEnumerable<Measurement<int>> Counts()
    {
        var active = _active;
        return active is null ? [] : AlertRules.All.Select(rule => new Measurement<int>(
            active.Count(alert => alert.Rule == rule),
            new("rule", rule.Name()),
            new KeyValuePair<string, object?>("severity", rule.Severity().Name())));
    }
}
