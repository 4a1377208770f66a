namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>One code of a channel's faults comes much more often than it used to.</summary>
internal sealed class CodeFrequentRule : IAlertRule
{
    private const int Fewest = 10;
    private const double Times = 5;

    public AlertRule Rule => AlertRule.CodeFrequent;

    public TimeSpan Lasting => TimeSpan.FromSeconds(2);

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        from code in channel.Codes
        where code.Count >= Fewest && code.Count >= Times * code.Usual
        select Finding.Bad(
            Rule, new AlertSubject { Channel = channel.Channel, Code = code.Code }, code.Count,
            Math.Max(Fewest, Times * code.Usual),
            $"code {code.Code} came {code.Count} times in 5 min, usually {code.Usual:F1} times");
}

/// <summary>
/// A failure that no well-configured channel reports: wrong credentials, requests that it cannot read, success after a
/// failure.
/// </summary>
internal sealed class UnusualFailureRule : IAlertRule
{
    public AlertRule Rule => AlertRule.UnusualFailure;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures)
    {
        foreach (var channel in figures.Channels)
        {
            foreach (var code in channel.UnusualCodes)
            {
                yield return Finding.Bad(
                    Rule, new AlertSubject { Channel = channel.Channel, Code = code.Code }, code.Count, 1,
                    $"it answered {code.Code} {code.Count} times in 5 min: our configuration or our request is wrong");
            }
        }

        if (figures.Cases is null)
        {
            yield return Finding.Unclear(Rule, AlertSubject.Installation);
        }
        else if (figures.Cases.LateSuccesses > 0)
        {
            yield return Finding.Bad(
                Rule, AlertSubject.Installation, figures.Cases.LateSuccesses, 1,
                $"{figures.Cases.LateSuccesses} open cases are of payments that failed and whose money moved after all");
        }
    }
}
