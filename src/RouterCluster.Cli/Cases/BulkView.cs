using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cases;

internal static class BulkView
{
    public static readonly View<BulkBody> Bulk = new(ApiJson.Default.BulkBody, Show);

    private static readonly ColumnTable<BulkBody> Lists = new ColumnTable<BulkBody>()
        .Label("List", bulk => bulk.Id)
        .Label("State", bulk => bulk.State, rank: 1)
        .Label("Outcome", bulk => bulk.Outcome, rank: 2)
        .Number("Payments", bulk => $"{bulk.Count}", rank: 3)
        .Number("Amount", bulk => Amounts.Of(bulk.Amount, bulk.Currency), rank: 4)
        .Label("By", bulk => bulk.By, rank: 5)
        .Moment("When", bulk => bulk.At, rank: 7)
        .Prose("Progress", bulk => Progress(bulk.Progress), rank: 6);

    private static readonly ColumnTable<BulkItemBody> Items = new ColumnTable<BulkItemBody>()
        .Number("No", item => $"{item.No}", rank: 4)
        .Label("Payment", item => item.Payment)
        .Number("Amount", item => Amounts.OfAny(item.Amount, item.Currency), rank: 3)
        .Label("State", item => item.State, rank: 1)
        .Label("Refused because", item => item.Refusal, rank: 2);

    public static void ShowList(IAnsiConsole screen, ListBody<BulkBody> lists)
    {
        Lists.Show(screen, lists.Items, "No list of cases has been proposed.");
        PageOptions.ShowNext(screen, lists.Next);
    }

    public static void ShowItems(IAnsiConsole screen, ListBody<BulkItemBody> items)
    {
        Items.Show(screen, items.Items, "The list has no further payments.");
        PageOptions.ShowNext(screen, items.Next);
    }

    private static void Show(IAnsiConsole screen, BulkBody bulk) => new FactList()
        .Fact("List", bulk.Id)
        .Fact(
            "State",
            bulk.State + (bulk.Settled is { } end ? $" by {end.By ?? DisplayText.Nothing}, {DisplayText.Moment(end.At)}" : ""))
        .Fact("Payments", $"{bulk.Count}")
        .Fact("Amount", Amounts.Of(bulk.Amount, bulk.Currency))
        .Fact("Which", Filter(bulk.Filter, bulk.Currency))
        .Fact("Outcome", bulk.Outcome)
        .Fact("By", $"{bulk.By}, {DisplayText.Moment(bulk.At)}")
        .Fact("Reason", bulk.Reason)
        .Fact("Evidence", bulk.Evidence)
        .Fact("Expires", DisplayText.Moment(bulk.ExpiresAt))
        .Fact("Digest", bulk.Digest)
        .Fact("Progress", Progress(bulk.Progress))
        .Show(screen);

    private static string Progress(BulkProgressBody progress) =>
        $"{progress.Decided} decided, {progress.Refused} refused, {progress.Waiting} waiting";

    private static string Filter(CaseFilterBody filter, string currency)
    {
        string?[] parts =
        [
            filter.Channel is { } channel ? $"channel {channel}" : null,
            filter.Merchant is { } merchant ? $"merchant {merchant}" : null,
            filter.Reason is { } reason ? $"reason {reason}" : null,
            filter.OlderThan is { } age ? $"older than {DisplayText.Seconds(age)}" : null,
            filter.Product is { } product ? $"product {product}" : null,
            filter.MaxAmount is { } most ? $"at most {Amounts.Of(most, currency)}" : null,
        ];
        return parts.OfType<string>().ToArray() is { Length: > 0 } given ? string.Join(", ", given) : "all open cases";
    }
}
