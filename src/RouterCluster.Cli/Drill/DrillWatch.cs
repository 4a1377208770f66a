using RouterCluster.Api;

namespace RouterCluster.Cli.Drill;

/// <summary>What the operators' API shows at one moment.</summary>
internal sealed record DrillView(
    IReadOnlyList<ChannelBody> Channels, IReadOnlyList<AlertBody> Alerts, IReadOnlyList<CaseBody> Cases);

/// <summary>Compares each view with the one before and writes down what has changed.</summary>
internal sealed class DrillWatch(DrillTimeLine line)
{
    private DrillView _last = new([], [], []);
    private bool _hasBegun;

    public DrillUnknown MostUnknown { get; private set; } = new(0, 0);

    public DrillView Last => _last;

    public void See(DrillView now)
    {
        if (_hasBegun)
        {
            SeeChannels(now.Channels);
            SeeAlerts(now.Alerts);
            SeeCases(now.Cases);
        }

        var unknown = new DrillUnknown(now.Channels.Sum(one => one.Unknown.Count), now.Channels.Sum(one => one.Unknown.Amount));
        MostUnknown = unknown.Amount > MostUnknown.Amount ? unknown : MostUnknown;
        (_last, _hasBegun) = (now, true);
    }

    private void SeeChannels(IReadOnlyList<ChannelBody> channels)
    {
        foreach (var (now, before) in channels.Join(_last.Channels, one => one.Id, one => one.Id, (now, before) => (now, before)))
        {
            Changed(now.Id, before.Outage?.Level ?? "none", now.Outage?.Level ?? "none", "outage");
            Changed(now.Id, before.Submit.Breaker, now.Submit.Breaker, "breaker of submits");
            Changed(now.Id, before.Query.Breaker, now.Query.Breaker, "breaker of queries");
            if (before.Unknown.Count == 0 && now.Unknown.Count > 0)
            {
                line.Add(DrillTimeLine.Router, now.Id, "money is unknown: it asks about it");
            }
            else if (before.Unknown.Count > 0 && now.Unknown.Count == 0)
            {
                line.Add(DrillTimeLine.Router, now.Id, "the result of every payment is known");
            }
        }
    }

    private void Changed(string channel, string before, string now, string what)
    {
        if (before != now)
        {
            line.Add(DrillTimeLine.Router, channel, $"{what}: {now}");
        }
    }

    private void SeeAlerts(IReadOnlyList<AlertBody> alerts)
    {
        foreach (var alert in alerts.ExceptBy(_last.Alerts.Select(one => one.Id), one => one.Id).Reverse())
        {
            var cause = alerts.FirstOrDefault(one => one.Id == alert.CausedBy);
            var because = cause is null ? "" : $" (follows from {cause.Rule})";
            line.Add(DrillTimeLine.Alerts, alert.Subject.Channel, $"{alert.Severity} {alert.Rule}: {alert.Message}{because}");
        }

        foreach (var alert in _last.Alerts.ExceptBy(alerts.Select(one => one.Id), one => one.Id))
        {
            line.Add(DrillTimeLine.Alerts, alert.Subject.Channel, $"{alert.Rule} is over");
        }
    }

    private void SeeCases(IReadOnlyList<CaseBody> cases)
    {
        foreach (var one in cases.ExceptBy(_last.Cases.Select(known => known.Id), known => known.Id))
        {
            line.Add(DrillTimeLine.Router, one.Payment.Channel, $"case {one.Id}: {string.Join(", ", Open(one))}");
        }

        foreach (var one in _last.Cases.ExceptBy(cases.Select(known => known.Id), known => known.Id))
        {
            line.Add(DrillTimeLine.Router, one.Payment.Channel, $"case {one.Id} is closed");
        }
    }

    private static IEnumerable<string> Open(CaseBody one) =>
        one.Reasons.Where(why => why.Open).Select(why => why.Reason).Distinct();
}
