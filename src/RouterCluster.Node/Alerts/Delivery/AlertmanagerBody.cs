using System.Globalization;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>
/// Alerts as Alertmanager's API v2 takes them. Labels identify an alert, so they hold nothing that changes while it lasts.
/// </summary>
/// <remarks>https://github.com/prometheus/alertmanager/blob/v0.25.0/api/v2/openapi.yaml</remarks>
internal sealed class AlertmanagerBody(AlertSettings settings, string environment)
{
    private const string Watchdog = "Watchdog";

    /// <summary>Alertmanager takes an alert for resolved that is not repeated for so many heartbeats.</summary>
    private const int HeartbeatsUntilOver = 4;

    public JsonArray Of(IEnumerable<Alert> active, IEnumerable<Alert> resolved, DateTimeOffset now)
    {
        var overAt = now + (HeartbeatsUntilOver * settings.HeartbeatEvery);
        return
        [
            HeartbeatUntil(overAt),
            .. active.Select(alert => BodyOf(alert, overAt)),
            .. resolved.Select(alert => BodyOf(alert, alert.ResolvedAt ?? now)),
        ];
    }

    private JsonObject HeartbeatUntil(DateTimeOffset until) => new()
    {
        ["labels"] = new JsonObject { ["alertname"] = Watchdog, ["severity"] = "none", ["environment"] = environment },
        ["annotations"] = new JsonObject
        {
            ["summary"] = "The router evaluates its alerts",
            ["description"] = "This alert always fires. Where it does not, nobody hears of any other.",
        },
        ["endsAt"] = Time(until),
    };

    private JsonObject BodyOf(Alert alert, DateTimeOffset until)
    {
        var subject = alert.Subject;
        var labels = new JsonObject
        {
            ["alertname"] = alert.Rule.Name(),
            ["severity"] = alert.Rule.Severity().Name(),
            ["environment"] = environment,
        };
        foreach (var (name, value) in new[]
        {
            ("channel", subject.Channel?.Value), ("product", subject.Product?.Name()), ("merchant", subject.Merchant?.Value),
            ("code", subject.Code), ("node", subject.Node),
        })
        {
            if (!string.IsNullOrEmpty(value))
            {
                labels[name] = value;
            }
        }

        return new JsonObject
        {
            ["labels"] = labels,
            ["annotations"] = new JsonObject
            {
                ["summary"] = $"{alert.Rule.Name()}: {subject}",
                ["description"] = $"{subject}: {alert.Message}",
                ["runbook_url"] = settings.RunbookOf(alert.Rule),
            },
            ["startsAt"] = Time(alert.Since),
            ["endsAt"] = Time(until),
        };
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
