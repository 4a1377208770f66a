namespace RouterCluster.Domain.Alerts;

/// <summary>What the router looks for. The names stand in configuration, API, metrics and Alertmanager.</summary>
public enum AlertRule
{
    Network = 1,
    OrderOverdue = 2,
    SuccessRate = 3,
    ImpossibleState = 4,
    WebhookFailing = 5,
    UnusualFailure = 6,
    CodeFrequent = 7,
    WaitingForPeople = 8,
    ChannelOutage = 9,
    AllDegraded = 10,
    NoSecondChannel = 11,
    NodeLost = 12,
    StorageSlow = 13,
    AlertingBroken = 14,
    Amount = 15,
    BudgetFull = 16,
    OverrideForgotten = 17,
    CertificateExpiry = 18,
    ForeignAddress = 19,
    Volume = 20,
}

public enum AlertSeverity
{
    /// <summary>Somebody is to be woken.</summary>
    Page = 1,

    /// <summary>Somebody is to look in working hours.</summary>
    Watch = 2,
}

public static class AlertRules
{
    private static readonly (AlertRule Rule, string Name, AlertSeverity Severity)[] Table =
    [
        (AlertRule.Network, "network", AlertSeverity.Page),
        (AlertRule.OrderOverdue, "order_overdue", AlertSeverity.Page),
        (AlertRule.SuccessRate, "success_rate", AlertSeverity.Page),
        (AlertRule.ImpossibleState, "impossible_state", AlertSeverity.Page),
        (AlertRule.WebhookFailing, "webhook_failing", AlertSeverity.Page),
        (AlertRule.UnusualFailure, "unusual_failure", AlertSeverity.Page),
        (AlertRule.CodeFrequent, "code_frequent", AlertSeverity.Page),
        (AlertRule.WaitingForPeople, "waiting_for_people", AlertSeverity.Page),
        (AlertRule.ChannelOutage, "channel_outage", AlertSeverity.Page),
        (AlertRule.AllDegraded, "all_degraded", AlertSeverity.Page),
        (AlertRule.NoSecondChannel, "no_second_channel", AlertSeverity.Page),
        (AlertRule.NodeLost, "node_lost", AlertSeverity.Page),
        (AlertRule.StorageSlow, "storage_slow", AlertSeverity.Page),
        (AlertRule.AlertingBroken, "alerting_broken", AlertSeverity.Page),
        (AlertRule.Volume, "volume", AlertSeverity.Watch),
        (AlertRule.Amount, "amount", AlertSeverity.Watch),
        (AlertRule.BudgetFull, "budget_full", AlertSeverity.Watch),
        (AlertRule.OverrideForgotten, "override_forgotten", AlertSeverity.Watch),
        (AlertRule.CertificateExpiry, "certificate_expiry", AlertSeverity.Watch),
        (AlertRule.ForeignAddress, "foreign_address", AlertSeverity.Watch),
    ];

    public static IEnumerable<AlertRule> All => Table.Select(row => row.Rule);

    public static string Name(this AlertRule rule) => Table.First(row => row.Rule == rule).Name;

    public static AlertSeverity Severity(this AlertRule rule) => Table.First(row => row.Rule == rule).Severity;

    public static AlertRule? Parse(string? name) =>
        Table.Where(row => row.Name == name).Select(row => (AlertRule?)row.Rule).FirstOrDefault();

    public static string Name(this AlertSeverity severity) => severity switch
    {
        AlertSeverity.Page => "page",
        AlertSeverity.Watch => "watch",
    };
}
