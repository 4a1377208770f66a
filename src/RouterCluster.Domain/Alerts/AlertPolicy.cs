using RouterCluster.Domain.Alerts.Rules;

namespace RouterCluster.Domain.Alerts;

/// <summary>The thresholds that an installation may set.</summary>
/// <param name="LowestSuccess">0–1, customers' failures left out.</param>
/// <param name="MostAmount">Minor units of a channel in one day; null: no limit.</param>
/// <param name="MostTries">Tries of one webhook.</param>
/// <param name="ClearAfter">How long all must be well before an alert is resolved.</param>
public sealed record AlertPolicy(
    double LowestSuccess, TimeSpan LongestUnknown, TimeSpan LongestWait, TimeSpan LongestCommit, TimeSpan LongestSilence,
    int MostTries, long? MostAmount, TimeSpan ClearAfter)
{
    /// <summary>How long an operator's change may be in force before somebody is asked whether it still should.</summary>
    public TimeSpan LongestOverride { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long before its end a certificate is spoken of.</summary>
    public TimeSpan CertificatesEndWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How far from its usual number of payments a product may be, as a share of that number, 0–1.</summary>
    public double VolumeDeviation { get; init; } = 0.5;

    /// <summary>Payments in a quarter of an hour below which their number is not judged.</summary>
    public int FewestForVolume { get; init; } = 30;

    /// <summary>Rules that are switched off.</summary>
    public IReadOnlySet<AlertRule> Off { get; init; } = new HashSet<AlertRule>();

    public AlertList NewList() => new([.. Rules().Where(rule => !Off.Contains(rule.Rule))], ClearAfter);

    private IEnumerable<IAlertRule> Rules()
    {
        yield return new StorageSlowRule(LongestCommit);
        yield return new NodeLostRule();
        yield return new AllDegradedRule();
        yield return new ChannelOutageRule();
        yield return new NetworkRule();
        yield return new SuccessRateRule(LowestSuccess);
        yield return new OrderOverdueRule(LongestUnknown);
        yield return new ImpossibleStateRule();
        yield return new UnusualFailureRule();
        yield return new CodeFrequentRule();
        yield return new WaitingForPeopleRule(LongestWait);
        yield return new WebhookFailingRule(MostTries);
        yield return new NoSecondChannelRule();
        yield return new AlertingBrokenRule(LongestSilence);
        yield return new BudgetFullRule();
        yield return new VolumeRule(VolumeDeviation, FewestForVolume);
        yield return new OverrideForgottenRule(LongestOverride);
        yield return new CertificateExpiryRule(CertificatesEndWithin);
        yield return new ForeignAddressRule();
        if (MostAmount is { } most)
        {
            yield return new AmountRule(most);
        }
    }
}
