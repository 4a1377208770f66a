using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Alerts;

internal sealed class AlertsVerb : IVerb
{
    /// <summary>Without this sentence the empty list would look like an all-clear.</summary>
    public const string NotEvaluated =
        "Nothing evaluates alerts yet: this is no all-clear. Look at the channels, at /metrics and at the log.";

    public Command Build(VerbRun run) => run.Asks(
        new Command("alerts", "List the alerts that are active. Nothing evaluates alerts yet."),
        _ => RouterRequest.Get("alerts"),
        new View<ListBody<AlertBody>>(ApiJson.Default.AlertList, Show));

    private static readonly ColumnTable<AlertBody> Table = new ColumnTable<AlertBody>()
        .Moment("Since", alert => alert.Since, rank: 4)
        .Label("Severity", alert => alert.Severity, rank: 2, _ => new Style(Color.Yellow))
        .Label("Rule", alert => alert.Rule)
        .Label("Channel", alert => alert.Channel, rank: 3)
        .Prose("Message", alert => alert.Message, rank: 1);

    private static void Show(IAnsiConsole screen, ListBody<AlertBody> alerts) => Table.Show(screen, alerts.Items, NotEvaluated);
}
