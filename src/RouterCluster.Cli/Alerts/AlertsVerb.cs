using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Alerts;

internal sealed class AlertsVerb : IVerb
{
    private static readonly ColumnTable<AlertBody> Table = new ColumnTable<AlertBody>()
        .Moment("Since", alert => alert.Since, rank: 5)
        .Label("Severity", alert => alert.Severity, rank: 4, StyleOf)
        .Label("Rule", alert => alert.Rule, rank: 1)
        .Label("State", alert => alert.State, rank: 6)
        .Prose("About", About, rank: 3)
        .Prose("Message", MessageOf, rank: 2)
        .Label("Id", alert => alert.Id);

    public static readonly View<ListBody<AlertBody>> View = new(ApiJson.Default.AlertList, Show);

    public Command Build(VerbRun run)
    {
        var state = new Option<string?>("--state")
        {
            Description = "Only alerts in this state: active, muted or resolved; without it, all that are not resolved.",
            HelpName = "state",
        };
        var command = new Command("alerts", "List the alerts, newest first.") { state };
        return run.Lists(
            command, _ => "alerts", View, ("state", state));
    }

    public static void Show(IAnsiConsole screen, ListBody<AlertBody> alerts)
    {
        Table.Show(screen, alerts.Items, "No alert.");
        PageOptions.ShowNext(screen, alerts.Next);
    }

    private static Style StyleOf(AlertBody alert) =>
        new(alert.Severity == "page" && alert.State == "active" ? Color.Red : Color.Yellow);

    private static string About(AlertBody alert)
    {
        var subject = alert.Subject;
        var parts = new[] { subject.Channel, subject.Product, subject.Merchant, subject.Code, subject.Node }.OfType<string>();
        return string.Join(", ", parts);
    }

    /// <summary>People look at the cause first.</summary>
    private static string MessageOf(AlertBody alert)
    {
        var cause = alert.CausedBy is { } id ? $" (because of {id})" : "";
        return $"{alert.Message}{cause}";
    }
}
