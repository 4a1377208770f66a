using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cases;

/// <summary>Lists of cases: what was frozen, and how far it is carried out.</summary>
internal static class BulkView
{
    public static readonly View<BulkBody> Bulk = new(ApiJson.Default.BulkBody, Show);

    public static void ShowList(IAnsiConsole screen, ListBody<BulkBody> lists)
    {
        var table = Sheet.Table().Left("List", "State", "Outcome").Right("Payments", "Amount").Left("By", "When", "Progress");
        foreach (var bulk in lists.Items)
        {
            table.AddRow(
                Sheet.Cell(bulk.Id),
                Sheet.Cell(bulk.State),
                Sheet.Cell(bulk.Outcome),
                Sheet.Cell($"{bulk.Count}"),
                Sheet.Cell(Words.Money(bulk.Amount, bulk.Currency)),
                Sheet.Cell(bulk.By),
                Sheet.Cell(Words.Moment(bulk.At)),
                Sheet.Cell(Progress(bulk.Progress)));
        }

        screen.Write(table);
        PageOptions.ShowNext(screen, lists.Next);
    }

    public static void ShowItems(IAnsiConsole screen, ListBody<BulkItemBody> items)
    {
        var table = Sheet.Table().Right("No").Left("Payment").Right("Amount").Left("State", "Refused because");
        foreach (var item in items.Items)
        {
            table.AddRow(
                Sheet.Cell($"{item.No}"),
                Sheet.Cell(item.Payment),
                Sheet.Cell($"{item.Amount}"),
                Sheet.Cell(item.State),
                Sheet.Cell(item.Refusal));
        }

        screen.Write(table);
        PageOptions.ShowNext(screen, items.Next);
    }

    private static void Show(IAnsiConsole screen, BulkBody bulk) => screen.Write(Sheet.Facts()
        .Fact("List", bulk.Id)
        .Fact("State", bulk.State + (bulk.Settled is { } end ? $" by {end.By ?? Words.Nothing}, {Words.Moment(end.At)}" : ""))
        .Fact("Payments", $"{bulk.Count}")
        .Fact("Amount", Words.Money(bulk.Amount, bulk.Currency))
        .Fact("Which", Filter(bulk.Filter))
        .Fact("Outcome", bulk.Outcome)
        .Fact("By", $"{bulk.By}, {Words.Moment(bulk.At)}")
        .Fact("Reason", bulk.Reason)
        .Fact("Evidence", bulk.Evidence)
        .Fact("Expires", Words.Moment(bulk.ExpiresAt))
        .Fact("Digest", bulk.Digest)
        .Fact("Progress", Progress(bulk.Progress)));

    private static string Progress(BulkProgressBody progress) =>
        $"{progress.Decided} decided, {progress.Refused} refused, {progress.Waiting} waiting";

    private static string Filter(CaseFilterBody filter)
    {
        string?[] parts =
        [
            filter.Channel is { } channel ? $"channel {channel}" : null,
            filter.Merchant is { } merchant ? $"merchant {merchant}" : null,
            filter.Reason is { } reason ? $"reason {reason}" : null,
            filter.OlderThan is { } age ? $"older than {Words.Seconds(age)}" : null,
            filter.Product is { } product ? $"product {product}" : null,
            filter.MaxAmount is { } most ? $"at most {most} minor units" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}
