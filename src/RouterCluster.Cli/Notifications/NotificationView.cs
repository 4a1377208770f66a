using RouterCluster.Api;
using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Notifications;

/// <summary>Notifications and what their receivers last said.</summary>
internal static class NotificationView
{
    public static void Show(IAnsiConsole screen, NotificationBody notification) => screen.Write(Sheet.Facts()
        .Fact("Notification", notification.Id)
        .Fact("State", notification.State, Colours.OfNotification(notification.State))
        .Fact("Type", notification.Type)
        .Fact("Merchant", notification.Merchant)
        .Fact("Payment", notification.Payment)
        .Fact("URL", notification.Url)
        .Fact("Attempts", $"{notification.Attempts}")
        .Fact("Last answer", LastAnswer(notification))
        .Fact("Next attempt", Moment(notification.NextAttemptAt)));

    public static void ShowList(IAnsiConsole screen, ListBody<NotificationBody> notifications)
    {
        var table = Sheet.Table()
            .Left("Notification", "Merchant", "Type", "State")
            .Right("Attempts")
            .Left("Last answer", "Next attempt");
        foreach (var notification in notifications.Items)
        {
            table.AddRow(
                Sheet.Cell(notification.Id),
                Sheet.Cell(notification.Merchant),
                Sheet.Cell(notification.Type),
                Sheet.Cell(notification.State, Colours.OfNotification(notification.State)),
                Sheet.Cell($"{notification.Attempts}"),
                Sheet.Cell(LastAnswer(notification)),
                Sheet.Cell(Moment(notification.NextAttemptAt)));
        }

        screen.Write(table);
        if (notifications.Next is { } next)
        {
            screen.WriteLine($"There are more: --cursor {SafeText.Of(next)}");
        }
    }

    private static string? LastAnswer(NotificationBody notification) =>
        notification.LastStatus is { } status ? $"{status}" : notification.LastError;

    private static string? Moment(DateTimeOffset? moment) => moment is { } known ? Words.Moment(known) : null;
}
