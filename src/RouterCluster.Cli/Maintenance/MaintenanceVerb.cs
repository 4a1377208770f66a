using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Channels;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Maintenance;

internal sealed class MaintenanceVerb : IVerb
{
    private const string ListHelp = """
        List the maintenance of all channels that is open or to come: configured, announced by the companies, planned by
        operators. Examples: routerctl maintenance list, routerctl maintenance list --channel alpha -o csv
        """;

    private const string AddHelp = """
        Plan maintenance of a channel, or of one bank at it: it gets no new payments meanwhile, and what was sent is asked about
        as always. With --days or --daily it comes again and again, otherwise once. Example:
        routerctl maintenance add alpha --bank ICBC --days sunday --from 23:30 --until 01:00 --reason "ICBC closes its books"
        """;

    private const string RemoveHelp = """
        Take planned maintenance back; one that is over leaves by itself. Example:
        routerctl maintenance remove alpha.1 --reason "called off"
        """;

    public Command Build(VerbRun run) =>
        new("maintenance", "See, plan and take back times at which channels get no new payments.")
        {
            List(run), Add(run), Remove(run),
        };

    private static Command List(VerbRun run)
    {
        var channel = new Option<string?>("--channel") { Description = "Of this channel only.", HelpName = "id" };
        var command = new Command("list", ListHelp) { channel, run.Output };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get(
                parsed.GetValue(channel) is { } id ? $"maintenance?channel={Uri.EscapeDataString(id)}" : "maintenance"),
            run.PageOf(parsed, ApiJson.Default.MaintenanceList, MaintenanceView.Csv, MaintenanceView.Show), cancellation));
        return command;
    }

    private static Command Add(VerbRun run)
    {
        var id = ChannelArguments.Id();
        var from = Required("--from", "Local time: 2026-12-01T02:30, or 02:30 with --days or --daily.", "time");
        var until = Required("--until", "As --from; with days one that is not after it is on the next day.", "time");
        var reason = Required("--reason", "Why; kept in the audit trail and shown in the list.", "text");
        var bank = Optional("--bank", "Only payments of this bank, as payments name it.", "name");
        var zone = Optional("--time-zone", "Whose local times these are; Asia/Shanghai without it.", "name");
        var days = Optional("--days", "Every week on these days, such as saturday,sunday.", "days");
        var daily = new Option<bool>("--daily") { Description = "Every day." };
        var command = new Command("add", AddHelp) { id, from, until, days, daily, zone, bank, reason };
        command.Validators.Add(result =>
        {
            if (result.GetResult(daily) is not null && result.GetResult(days) is not null)
            {
                result.AddError("Give --days or --daily, not both.");
            }
        });
        return run.Asks(
            command,
            parsed => RouterRequest.Post(
                "maintenance",
                new MaintenanceRequest(
                    parsed.GetRequiredValue(id), parsed.GetRequiredValue(from), parsed.GetRequiredValue(until),
                    parsed.GetRequiredValue(reason), DaysOf(parsed.GetValue(daily), parsed.GetValue(days)), parsed.GetValue(zone),
                    parsed.GetValue(bank)),
                ApiJson.Default.MaintenanceRequest),
            new View<MaintenanceBody>(ApiJson.Default.MaintenanceBody, MaintenanceView.Show));
    }

    private static Command Remove(VerbRun run)
    {
        var id = PathArgument.Id("The maintenance's id, as the list says it.", "a maintenance's id such as alpha.1");
        var reason = ChannelArguments.Reason();
        return run.Asks(
            new Command("remove", RemoveHelp) { id, reason },
            parsed => RouterRequest.Delete(
                $"maintenance/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}",
                new ChannelChangeRequest(parsed.GetValue(reason)), ApiJson.Default.ChannelChangeRequest),
            new View<ChannelBody>(ApiJson.Default.ChannelBody, ChannelView.Show));
    }

    /// <summary>Null: it comes once.</summary>
    private static string[]? DaysOf(bool daily, string? days) =>
        daily ? ["*"] : days?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Option<string> Required(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, Required = true };

    private static Option<string?> Optional(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };
}
