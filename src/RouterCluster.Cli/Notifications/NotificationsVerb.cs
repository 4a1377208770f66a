using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Notifications;

/// <summary>The delivery log, and the way back for a merchant's URLs that were gone.</summary>
internal sealed class NotificationsVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var merchant = Filter("--merchant", "id", "Only this merchant's.");
        var payment = Filter("--payment", "id", "Only this payment's (pay_...).");
        var state = Filter("--state", "state", "Only those that are pending, delivered, failed or held.");
        var cursor = Filter("--cursor", "next", "Where an earlier page ended.");
        var view = new View<ListBody<NotificationBody>>(ApiJson.Default.NotificationList, NotificationView.ShowList);
        var command = new Command("notifications", "List notifications to merchants, the newest first.")
        {
            merchant, payment, state, cursor, Enable(run),
        };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get("notifications" + Query(
                ("merchant", parsed.GetValue(merchant)), ("payment", parsed.GetValue(payment)),
                ("state", parsed.GetValue(state)), ("cursor", parsed.GetValue(cursor)))),
            view,
            cancellation));
        return command;
    }

    private static Command Enable(VerbRun run)
    {
        var merchant = new Argument<string>("merchant") { Description = "The merchant whose URLs are called again." };
        var view = new View<NotificationsEnabledBody>(
            ApiJson.Default.NotificationsEnabledBody,
            (screen, enabled) => screen.WriteLine($"{enabled.Merchant}: {enabled.Released} held notifications are sent now."));
        var command = new Command("enable", "Call a merchant's URLs again that answered 410.") { merchant };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Post($"merchants/{Uri.EscapeDataString(parsed.GetRequiredValue(merchant))}/notifications/enable"),
            view,
            cancellation));
        return command;
    }

    private static Option<string?> Filter(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    private static string Query(params (string Name, string? Value)[] filters)
    {
        var given = filters
            .Where(filter => filter.Value is not null)
            .Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")
            .ToArray();
        return given.Length == 0 ? "" : $"?{string.Join('&', given)}";
    }
}

/// <summary>One notification.</summary>
internal sealed class NotificationVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var id = new Argument<string>("id") { Description = "The notification's id (msg_...)." };
        var view = new View<NotificationBody>(ApiJson.Default.NotificationBody, NotificationView.Show);
        var resend = new Command("resend", "Send it again now, under its old id.") { id };
        resend.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Post($"notifications/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/resend"),
            view,
            cancellation));
        return new Command("notification", "Send a notification to a merchant again.") { resend };
    }
}
