using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Webhooks;

internal static class WebhookView
{
    private static readonly ColumnTable<NotificationBody> Table = new ColumnTable<NotificationBody>()
        .Label("Webhook", webhook => webhook.Id)
        .Label("Merchant", webhook => webhook.Merchant, rank: 2)
        .Label("Type", webhook => webhook.Type, rank: 4)
        .Label("State", webhook => webhook.State, rank: 1, webhook => Colours.OfWebhook(webhook.State))
        .Number("Attempts", webhook => $"{webhook.Attempts}", rank: 5)
        .Label("Last answer", LastAnswer, rank: 3)
        .Moment("Next attempt", webhook => webhook.NextAttemptAt, rank: 6);

    public static void Show(IAnsiConsole screen, NotificationBody webhook) => new FactList()
        .Fact("Webhook", webhook.Id)
        .Fact("State", webhook.State, Colours.OfWebhook(webhook.State))
        .Fact("Type", webhook.Type)
        .Fact("Merchant", webhook.Merchant)
        .Fact("Payment", webhook.Payment)
        .Fact("URL", webhook.Url)
        .Fact("Attempts", $"{webhook.Attempts}")
        .Fact("Last answer", LastAnswer(webhook))
        .Fact("Next attempt", Moment(webhook.NextAttemptAt))
        .Show(screen);

    public static void ShowList(IAnsiConsole screen, ListBody<NotificationBody> webhooks)
    {
        Table.Show(screen, webhooks.Items, "There is no such webhook.");
        PageOptions.ShowNext(screen, webhooks.Next);
    }

    private static string? LastAnswer(NotificationBody webhook) =>
        webhook.LastStatus is { } status ? $"{status}" : webhook.LastError;

    private static string? Moment(DateTimeOffset? moment) => moment is { } known ? DisplayText.Moment(known) : null;
}
