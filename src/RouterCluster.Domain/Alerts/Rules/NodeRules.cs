namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>A node ended, or cannot be reached, that nobody told to leave.</summary>
internal sealed class NodeLostRule : IAlertRule
{
    public AlertRule Rule => AlertRule.NodeLost;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from node in figures.Nodes
        where node.IsLost
        select Finding.Bad(
            Rule, new AlertSubject { Node = node.Address }, 1, 1,
            $"{figures.Nodes.Count(other => !other.IsLost)} nodes are left; its channels and books move to them");
}

/// <summary>Payments wait for the database.</summary>
internal sealed class StorageSlowRule(TimeSpan longest) : IAlertRule
{
    public AlertRule Rule => AlertRule.StorageSlow;

    public TimeSpan Lasting => TimeSpan.FromSeconds(5);

    public IEnumerable<Finding> Look(AlertFigures figures)
    {
        foreach (var node in figures.Nodes.Where(node => !node.IsLost))
        {
            var subject = new AlertSubject { Node = node.Address };
            if (node.StorageProblem is { } problem)
            {
                yield return Finding.Bad(Rule, subject, 0, longest.TotalMilliseconds, $"{problem}");
            }
            else if (node.CommitP99 is { } commit && commit > longest)
            {
                yield return Finding.Bad(
                    Rule, subject, commit.TotalMilliseconds, longest.TotalMilliseconds,
                    $"1 of 100 commits takes {commit.TotalMilliseconds:F0} ms or longer");
            }
        }
    }
}

/// <summary>Nodes will not hear one another any more. A node reads its certificates when it starts.</summary>
internal sealed class CertificateExpiryRule(TimeSpan within) : IAlertRule
{
    public AlertRule Rule => AlertRule.CertificateExpiry;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from node in figures.Nodes
        where !node.IsLost && !node.Certificates.IsEmpty
        let first = node.Certificates.MinBy(certificate => certificate.ValidUntil)
        let left = first.ValidUntil - figures.At
        where left < within
        select Finding.Bad(
            Rule, new AlertSubject { Node = node.Address }, left.TotalDays, within.TotalDays,
            $"{first.Name} is valid until {first.ValidUntil.UtcDateTime:u}");
}

/// <summary>People would not hear of the next alert.</summary>
internal sealed class AlertingBrokenRule(TimeSpan longest) : IAlertRule
{
    public AlertRule Rule => AlertRule.AlertingBroken;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from target in figures.Targets
        where target.FailingFor > longest
        select Finding.Bad(
            Rule, new AlertSubject { Node = target.Name }, target.FailingFor.TotalSeconds, longest.TotalSeconds,
            $"no alert reaches {target.Name}: {target.Fault}");
}
