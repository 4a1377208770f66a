using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Notices;

/// <summary>Channels' notifications that speak of no order of ours.</summary>
internal sealed class NoticesVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var view = new View<ListBody<NoticeBody>>(ApiJson.Default.NoticeList, Show);
        var page = new PageOptions();
        var command = new Command("notices", "List channels' notifications of orders that are not known here.");
        page.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get(page.Path(parsed, "notices")), view, cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ListBody<NoticeBody> notices)
    {
        var table = Sheet.Table()
            .Left("Received", "Channel", "Order", "Reason", "Says", "Code")
            .Right("Amount", "Times");
        foreach (var notice in notices.Items)
        {
            table.AddRow(
                Sheet.Cell(Words.Moment(notice.ReceivedAt)),
                Sheet.Cell(notice.Channel),
                Sheet.Cell(notice.OrderNo),
                Sheet.Cell(notice.Reason, new Style(Color.Yellow)),
                Sheet.Cell(notice.Class),
                Sheet.Cell(notice.Code),
                Sheet.Cell(Words.Money(notice.Amount, notice.Currency)),
                Sheet.Cell($"{notice.Times}"));
        }

        screen.Write(table);
        PageOptions.ShowNext(screen, notices.Next);
    }
}
