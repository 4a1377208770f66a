namespace RouterCluster.Domain.Alerts;

/// <summary>
/// Which alert explains which: a hanging channel is one page and not five. A consequence is shown with its cause and is not
/// sent while the cause is active.
/// </summary>
internal static class AlertCauses
{
    /// <summary>Strongest causes first, so that a chain points at its beginning.</summary>
    private static readonly (AlertRule Cause, AlertRule[] Consequences)[] Table =
    [
        (AlertRule.StorageSlow,
            [AlertRule.WebhookFailing, AlertRule.OrderOverdue, AlertRule.Volume]),
        (AlertRule.NodeLost,
            [AlertRule.Volume]),
        (AlertRule.AllDegraded,
            [AlertRule.NoSecondChannel, AlertRule.Volume]),
        (AlertRule.ChannelOutage,
            [AlertRule.Network, AlertRule.SuccessRate, AlertRule.CodeFrequent, AlertRule.UnusualFailure, AlertRule.OrderOverdue,
                AlertRule.BudgetFull, AlertRule.NoSecondChannel, AlertRule.Volume]),
        (AlertRule.Network,
            [AlertRule.SuccessRate, AlertRule.CodeFrequent, AlertRule.OrderOverdue, AlertRule.BudgetFull]),
        (AlertRule.SuccessRate,
            [AlertRule.CodeFrequent, AlertRule.OrderOverdue]),
    ];

    /// <summary>Alerts of the rule wait a moment before they are told, so that their cause may come first.</summary>
    public static bool MayExplain(AlertRule rule) => Table.Any(row => row.Consequences.Contains(rule));

    public static Alert? Of(Alert alert, IReadOnlyCollection<Alert> active, IReadOnlyList<LineFigures> lines) => Table
        .Where(row => row.Consequences.Contains(alert.Rule) && !IsRise(alert))
        .Select(row => active.FirstOrDefault(other => other.Rule == row.Cause && Touches(other.Subject, alert.Subject, lines)))
        .FirstOrDefault(cause => cause is not null);

    /// <summary>Trouble keeps payments away; it brings none.</summary>
    private static bool IsRise(Alert alert) => alert.Rule == AlertRule.Volume && alert.Value > alert.Threshold;

    /// <summary>The same channel or product, a channel of the merchant's product, or a cause that concerns everything.</summary>
    private static bool Touches(AlertSubject cause, AlertSubject consequence, IReadOnlyList<LineFigures> lines)
    {
        if (consequence is { Merchant: null, Channel: null, Product: { } product })
        {
            return cause.Channel is { } only
                ? lines.Any(line => line.Product == product && line.All.Length == 1 && line.All[0] == only)
                : cause.Product is null || cause.Product == product;
        }

        if (cause.Channel is not { } channel)
        {
            return cause.Merchant is null || (cause.Merchant == consequence.Merchant && cause.Product == consequence.Product);
        }

        return consequence.Channel == channel || lines.Any(line =>
            line.Merchant == consequence.Merchant && line.Product == consequence.Product && line.All.Contains(channel));
    }
}
