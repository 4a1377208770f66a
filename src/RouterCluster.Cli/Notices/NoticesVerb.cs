using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Notices;

/// <summary>Channels' notices without an order here.</summary>
internal sealed class NoticesVerb : IVerb
{
    private static readonly ColumnTable<NoticeBody> Table = new ColumnTable<NoticeBody>()
        .Moment("Received", notice => notice.ReceivedAt, rank: 5)
        .Label("Channel", notice => notice.Channel, rank: 1)
        .Label("Order", notice => notice.OrderNo)
        .Label("Reason", notice => notice.Reason, rank: 3, _ => new Style(Color.Yellow))
        .Label("Says", notice => notice.Class, rank: 4)
        .Label("Code", notice => notice.Code, rank: 6)
        .Number("Amount", notice => Amounts.Of(notice.Amount, notice.Currency), rank: 2)
        .Number("Times", notice => $"{notice.Times}", rank: 7);

    public Command Build(VerbRun run) => run.Lists(
        new Command("notices", "List channels' notices of orders that are not known here, the newest first."),
        _ => "notices",
        new View<ListBody<NoticeBody>>(ApiJson.Default.NoticeList, Show));

    private static void Show(IAnsiConsole screen, ListBody<NoticeBody> notices)
    {
        Table.Show(screen, notices.Items, "No channel has sent a notice of an order that is not known here.");
        PageOptions.ShowNext(screen, notices.Next);
    }
}
