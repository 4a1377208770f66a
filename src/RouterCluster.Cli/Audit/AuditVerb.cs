using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Audit;

/// <summary>Who did what, when and why, newest first.</summary>
internal sealed class AuditVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var page = new PageOptions();
        var view = new View<ListBody<AuditBody>>(ApiJson.Default.AuditList, Show);
        var command = new Command("audit", "List what people did about payments and channels, newest first.");
        page.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get(page.Path(parsed, "audit")), view, cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ListBody<AuditBody> audit)
    {
        var table = Sheet.Table().Left("When", "By", "What", "About", "Reason", "Evidence");
        foreach (var entry in audit.Items)
        {
            table.AddRow(
                Sheet.Cell(Words.Moment(entry.At)),
                Sheet.Cell(entry.By),
                Sheet.Cell(entry.What),
                Sheet.Cell(entry.Payment ?? entry.Channel),
                Sheet.Cell(entry.Reason),
                Sheet.Cell(entry.Evidence));
        }

        screen.Write(table);
        PageOptions.ShowNext(screen, audit.Next);
    }
}
