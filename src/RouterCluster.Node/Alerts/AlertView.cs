using RouterCluster.Api;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Alerts;

internal static class AlertView
{
    public static string Name(this AlertStanding standing) => standing switch
    {
        AlertStanding.Active => "active",
        AlertStanding.Muted => "muted",
        AlertStanding.Resolved => "resolved",
    };

    public static AlertBody ToBody(this Alert alert, AlertSettings settings, DateTimeOffset now)
    {
        var mute = alert.IsMuted(now) ? alert.Mute : null;
        return new AlertBody(
            alert.Id, alert.Rule.Name(), alert.Rule.Severity().Name(), ToBody(alert.Subject), StandingOf(alert, now).Name(),
            alert.Since, alert.ResolvedAt, alert.Value, alert.Threshold, alert.Message, alert.CausedBy,
            settings.RunbookOf(alert.Rule), mute?.Until, mute?.By);
    }

    private static AlertStanding StandingOf(Alert alert, DateTimeOffset now)
    {
        if (alert.ResolvedAt is not null)
        {
            return AlertStanding.Resolved;
        }

        return alert.IsMuted(now) ? AlertStanding.Muted : AlertStanding.Active;
    }

    private static AlertSubjectBody ToBody(AlertSubject subject) => new()
    {
        Channel = subject.Channel?.Value,
        Product = subject.Product?.Name(),
        Merchant = subject.Merchant?.Value,
        Code = subject.Code,
        Node = subject.Node,
    };
}
