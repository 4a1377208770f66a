using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Webhooks;

/// <summary>The delivery log, and the verb that calls a merchant's URLs again after a 410.</summary>
internal sealed class WebhooksVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var merchant = Filter("--merchant", "id", "Only this merchant's.");
        var payment = Filter("--payment", "id", "Only this payment's (pay_...).");
        var state = Filter("--state", "state", "Only those that are pending, delivered, failed or held.");
        var command = new Command("notifications", "List the webhooks to merchants, the newest first.")
        {
            merchant, payment, state, Enable(run),
        };
        command.Aliases.Add("webhooks");
        return run.Lists(
            command,
            _ => "notifications",
            new View<ListBody<NotificationBody>>(ApiJson.Default.NotificationList, WebhookView.ShowList),
            ("merchant", merchant), ("payment", payment), ("state", state));
    }

    private static Command Enable(VerbRun run)
    {
        var merchant = new Argument<string>("merchant") { Description = "The merchant's id." };
        var view = new View<NotificationsEnabledBody>(
            ApiJson.Default.NotificationsEnabledBody,
            (screen, enabled) => screen.Say(Released(enabled)));
        var command = new Command(
            "enable", "Call a merchant's URLs again that answered 410 (gone), and send the webhooks that were held for them.")
        {
            merchant,
        };
        return run.Asks(
            command,
            parsed => RouterRequest.Post(
                $"merchants/{Uri.EscapeDataString(parsed.GetRequiredValue(merchant))}/notifications/enable"),
            view);
    }

    private static Option<string?> Filter(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    private static string Released(NotificationsEnabledBody enabled) => enabled.Released == 1
        ? $"{enabled.Merchant}: 1 held webhook is sent now."
        : $"{enabled.Merchant}: {enabled.Released} held webhooks are sent now.";
}

internal sealed class WebhookVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var id = new Argument<string>("id") { Description = "The webhook's id (msg_...)." };
        var resend = run.Asks(
            new Command("resend", "Send the webhook again now, under its old id.") { id },
            parsed => RouterRequest.Post($"notifications/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/resend"),
            new View<NotificationBody>(ApiJson.Default.NotificationBody, WebhookView.Show));
        var command = new Command("notification", "Send one webhook to its merchant again.") { resend };
        command.Aliases.Add("webhook");
        return command;
    }
}
