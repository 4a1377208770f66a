namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>Evidence of a payment excludes other evidence: money may have moved twice, or not at all.</summary>
internal sealed class ImpossibleStateRule : IAlertRule
{
    public AlertRule Rule => AlertRule.ImpossibleState;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures)
    {
        if (figures.Cases is null)
        {
            yield return Finding.Unclear(Rule, AlertSubject.Installation);
        }
        else if (figures.Cases.Contradictory > 0)
        {
            yield return Finding.Bad(
                Rule, AlertSubject.Installation, figures.Cases.Contradictory, 1,
                $"{figures.Cases.Contradictory} open cases have evidence that excludes other evidence");
        }
    }
}

/// <summary>Cases that nobody decides.</summary>
internal sealed class WaitingForPeopleRule(TimeSpan longest) : IAlertRule
{
    public AlertRule Rule => AlertRule.WaitingForPeople;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures)
    {
        if (figures.Cases is null)
        {
            yield return Finding.Unclear(Rule, AlertSubject.Installation);
        }
        else if (figures.Cases.Open > 0 && figures.Cases.OldestWait > longest)
        {
            yield return Finding.Bad(
                Rule, AlertSubject.Installation, figures.Cases.OldestWait.TotalSeconds, longest.TotalSeconds,
                $"{figures.Cases.Open} cases are open, the oldest for {figures.Cases.OldestWait.TotalMinutes:F0} min");
        }
    }
}

/// <summary>An operator's change is in force for so long that it may be forgotten. One that ends by itself is not.</summary>
internal sealed class OverrideForgottenRule(TimeSpan longest) : IAlertRule
{
    public AlertRule Rule => AlertRule.OverrideForgotten;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        let old = channel.Overrides.Where(one => figures.At - one.Since > longest).OrderBy(one => one.Since).ToList()
        where old.Count > 0
        let lasts = figures.At - old[0].Since
        select Finding.Bad(
            Rule, new AlertSubject { Channel = channel.Channel }, lasts.TotalSeconds, longest.TotalSeconds,
            $"{string.Join(", ", old.Select(one => $"{one.What} by {one.By}"))}: in force for up to {lasts.TotalDays:F0} days");
}

/// <summary>A merchant does not take its webhooks.</summary>
internal sealed class WebhookFailingRule(int most) : IAlertRule
{
    public AlertRule Rule => AlertRule.WebhookFailing;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from webhooks in figures.Webhooks
        where webhooks.MostTries >= most
        select Finding.Bad(
            Rule, new AlertSubject { Merchant = webhooks.Merchant }, webhooks.MostTries, most,
            $"a webhook was tried {webhooks.MostTries} times; {webhooks.Pending} wait");
}

/// <summary>Somebody who is not where the merchant or company said shows its key, or speaks in its name.</summary>
internal sealed class ForeignAddressRule : IAlertRule
{
    public AlertRule Rule => AlertRule.ForeignAddress;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from requests in figures.Foreign
        let what = requests.Merchant is null ? "notices in its name" : "requests with its key"
        select Finding.Bad(
            Rule, new AlertSubject { Merchant = requests.Merchant, Channel = requests.Channel }, requests.Count, 1,
            $"{what} from addresses that are not its own: {requests.Count} in five minutes, the last one from {requests.Last}");
}
