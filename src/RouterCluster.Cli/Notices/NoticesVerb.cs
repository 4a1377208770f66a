using System.CommandLine;
using System.Globalization;
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
        var cursor = new Option<string?>("--cursor") { Description = "Where the last page ended." };
        var command = new Command("notices", "List channels' notifications of orders that are not known here.") { cursor };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get(parsed.GetValue(cursor) is { } from ? $"notices?cursor={Uri.EscapeDataString(from)}" : "notices"),
            view, cancellation));
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
                Sheet.Cell(notice.ReceivedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                Sheet.Cell(notice.Channel),
                Sheet.Cell(notice.OrderNo),
                Sheet.Cell(notice.Reason, new Style(Color.Yellow)),
                Sheet.Cell(notice.Class),
                Sheet.Cell(notice.Code),
                Sheet.Cell($"{notice.Amount} {notice.Currency}"),
                Sheet.Cell($"{notice.Times}"));
        }

        screen.Write(table);
        if (notices.Next is { } next)
        {
            screen.WriteLine($"More with --cursor {SafeText.Of(next)}");
        }
    }
}
