using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Alerts;

internal sealed class MuteVerb : IVerb
{
    private readonly Argument<string> _id = MuteView.Id();

    private readonly Option<string> _for = new("--for")
    {
        Description = "For how long: a number with s, m, h or d, such as 30m; at most 7d.",
        HelpName = "time",
        Required = true,
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why; kept in the audit trail.",
        HelpName = "text",
        Required = true,
    };

    public Command Build(VerbRun run) => run.Asks(
        new Command("mute", "Keep an active alert from being sent for a time.") { _id, _for, _reason },
        parsed => RouterRequest.Post(
            MuteView.Path(parsed.GetRequiredValue(_id), "mute"),
            new MuteRequest(parsed.GetRequiredValue(_for), parsed.GetRequiredValue(_reason)), ApiJson.Default.MuteRequest),
        MuteView.Alert);
}

internal sealed class UnmuteVerb : IVerb
{
    private readonly Argument<string> _id = MuteView.Id();

    public Command Build(VerbRun run) => run.Asks(
        new Command("unmute", "Take an alert's mute back.") { _id },
        parsed => RouterRequest.Post(MuteView.Path(parsed.GetRequiredValue(_id), "unmute")),
        MuteView.Alert);
}

internal static class MuteView
{
    public static readonly View<AlertBody> Alert = new(
        ApiJson.Default.AlertBody, (screen, alert) => AlertsVerb.Show(screen, new ListBody<AlertBody>([alert], null)));

    public static Argument<string> Id() => PathArgument.Id("The alert's id (alert_...).", "an id");

    public static string Path(string id, string verb) => $"alerts/{Uri.EscapeDataString(id)}/{verb}";
}
