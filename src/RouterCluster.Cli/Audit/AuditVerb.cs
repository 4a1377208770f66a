using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Audit;

internal sealed class AuditVerb : IVerb
{
    private static readonly ColumnTable<AuditBody> Table = new ColumnTable<AuditBody>()
        .Moment("When", entry => entry.At, rank: 3)
        .Label("By", entry => entry.By, rank: 2)
        .Prose("What", entry => entry.What, rank: 1)
        .Label("About", entry => entry.Payment ?? entry.Channel)
        .Prose("Reason", entry => entry.Reason, rank: 4)
        .Prose("Evidence", entry => entry.Evidence, rank: 5);

    public Command Build(VerbRun run) => run.Lists(
        new Command("audit", "List what people did about payments, channels and webhooks, newest first."),
        _ => "audit",
        new View<ListBody<AuditBody>>(ApiJson.Default.AuditList, Show));

    private static void Show(IAnsiConsole screen, ListBody<AuditBody> audit)
    {
        Table.Show(screen, audit.Items, "Nobody has changed anything that is on record here.");
        PageOptions.ShowNext(screen, audit.Next);
    }
}
