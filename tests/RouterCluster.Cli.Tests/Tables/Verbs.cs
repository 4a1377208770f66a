namespace RouterCluster.Cli.Tests.Tables;

/// <summary>A command that shows something, the request that it makes, and what the node answers.</summary>
/// <param name="Row">One item of the list; of a command that shows a single thing its whole body.</param>
/// <param name="Empty">The sentence for a list without items; null where there is no list.</param>
internal sealed record ShowingVerb(string Arguments, string Path, string Row, string? Empty)
{
    public string[] Words => Arguments.Split(' ');

    public string Method { get; init; } = "GET";

    public string Request => $"{Method} /admin/v1/{Path}";

    public string Body(int rows) => Empty is null
        ? Row
        : $$"""{ "items": [ {{string.Join(", ", Enumerable.Repeat(Row, rows))}} ], "next": null }""";
}

/// <summary>Every command that shows a list or a thing.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyList<ShowingVerb> Lists =
    [
        new("channels", "channels", LongBodies.Timed, "No channel is configured."),
        new("payments --since 1h", "payments?since=1h", LongBodies.Payment, "No payment fits."),
        new("payments --since 1h -o wide", "payments?since=1h", LongBodies.Payment, "No payment fits."),
        new("find C-77", "search?number=C-77", LongBodies.Payment, "No payment has this number."),
        new("maintenance list", "maintenance", LongBodies.Maintenance, "No maintenance is open or to come."),
        new("cases", "cases", LongBodies.Case, "No case is open."),
        new("case bulk-list", "cases/bulk-proposals", LongBodies.Bulk, "No list of cases has been proposed."),
        new("case bulk-items b", "cases/bulk-proposals/b/items", LongBodies.BulkItem, "The list has no further payments."),
        new("notifications", "notifications", LongBodies.Webhook, "There is no such webhook."),
        new("notices", "notices", LongBodies.Notice, "No channel has sent a notice of an order that is not known here."),
        new("audit", "audit", LongBodies.Audit, "Nobody has changed anything that is on record here."),
        new(
            "config history", "config/versions", LongBodies.Configuration,
            "Nobody has changed the configuration while the nodes ran: the files are in force."),
        new("events --since 2h", "events?since=2h", LongBodies.Event, "Nothing of the kind has happened."),
        new("alerts", "alerts", LongBodies.Alert, "No alert."),
    ];

    public static readonly IReadOnlyList<ShowingVerb> Things =
    [
        new("channel show c", "channels/c", LongBodies.Channel, null),
        new("channel show c --origin", "channels/c", LongBodies.Overridden, null),
        new("channel show t", "channels/t", LongBodies.Timed, null),
        new("channel show t --origin", "channels/t", LongBodies.Timed, null),
        new("channel show x", "channels/x", LongBodies.Excluding, null),
        new("channel drain c --dry-run", "channels/c/drain?dry_run=true", LongBodies.Forecast, null) { Method = "POST" },
        new("payment pay_1", "payments/pay_1", LongBodies.Payment, null),
        new("payment pay_1 --timeline", "payments/pay_1/timeline", LongBodies.Timeline, null),
        new("unknown", "unknown", LongBodies.Unknown, null),
        new("explain pay_1", "payments/pay_1/explain", LongBodies.Explain, null),
        new("case show pay_1", "cases/pay_1", LongBodies.Case, null),
        new("case bulk-show b", "cases/bulk-proposals/b", LongBodies.Bulk, null),
        new(
            "cluster", "cluster",
            $$"""
            { "self": "{{LongBodies.Id}}", "leader": null, "members": [ {{LongBodies.Member}}, {{LongBodies.Member}} ] }
            """,
            null),
        new("config history 12", "config/versions/12", LongBodies.Difference, null),
        new("codes c", "channels/c/codes", LongBodies.Codes, null),
        new("check", "checks", LongBodies.Checks, null),
        new(
            "policies", "policies",
            $$"""
            { "items": [ {{LongBodies.Policy}}, {{LongBodies.Policy}} ], "next": null, "routes": [ {{LongBodies.Route}} ],
              "warnings": ["{{LongBodies.Id}}: 1 channel(s) left for payout; re-routing needs two"] }
            """,
            null),
    ];

    public static IEnumerable<ShowingVerb> All => Lists.Concat(Things);
}
