namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>No channel of a merchant's product takes payments.</summary>
internal sealed class AllDegradedRule : IAlertRule
{
    public AlertRule Rule => AlertRule.AllDegraded;

    public TimeSpan Lasting => TimeSpan.FromSeconds(2);

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from line in figures.Lines
        where line.All.Length > 0 && line.Usable.Length == 0
        select Finding.Bad(
            Rule, new AlertSubject { Merchant = line.Merchant, Product = line.Product }, 0, 1,
            $"none of its {line.All.Length} channels takes payments");
}

/// <summary>If the last channel of a merchant's product fails too, its payments stop.</summary>
internal sealed class NoSecondChannelRule : IAlertRule
{
    public AlertRule Rule => AlertRule.NoSecondChannel;

    /// <summary>A breaker that opens for a moment leaves the product without a second channel quite normally.</summary>
    public TimeSpan Lasting => TimeSpan.FromSeconds(15);

    /// <summary>A product with one configured channel is a decision, which the start of a node warns of.</summary>
    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from line in figures.Lines
        where line.All.Length > 1 && line.Usable.Length == 1
        select Finding.Bad(
            Rule, new AlertSubject { Merchant = line.Merchant, Product = line.Product }, 1, 2,
            $"only {line.Usable[0]} of its {line.All.Length} channels takes payments");
}
