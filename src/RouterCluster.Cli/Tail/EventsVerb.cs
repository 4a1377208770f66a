using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Tail;

internal sealed class EventsVerb : IVerb
{
    private const string Description = """
        List what has happened, newest first: breakers, outages and other alerts, maintenance, operators' actions, changed routes
        and configurations, nodes. What was done about single payments is in routerctl audit. Grafana reads the same as
        annotations from GET /admin/v1/events?since=. Examples:
        routerctl events --since 1h, routerctl events --since 1d --channel alpha --kind breaker,
        routerctl events --since 7d -o csv
        """;

    private static readonly string[] Kinds =
        ["breaker", "outage", "maintenance", "operator", "policy", "configuration", "node", "alert"];

    private static readonly ColumnTable<RouterEventBody> Table = new ColumnTable<RouterEventBody>()
        .Moment("When", one => one.Time, rank: 3)
        .Label("Kind", one => one.Kind, rank: 2, StyleOf)
        .Label("Channel", one => one.Channel)
        .Prose("What", one => one.Text, rank: 1);

    private static readonly CsvTable<RouterEventBody> Csv = new CsvTable<RouterEventBody>()
        .Moment("time", one => one.Time)
        .Text("kind", one => one.Kind)
        .Text("channel", one => one.Channel)
        .Text("text", one => one.Text)
        .Text("tags", one => string.Join(' ', one.Tags));

    public Command Build(VerbRun run)
    {
        var since = new Option<string>("--since")
        {
            Description = "What happened then or later: a time, or how long ago such as 90s, 10m, 2h or 7d; 1h without it.",
            HelpName = "time",
            DefaultValueFactory = _ => "1h",
        };
        var until = new Option<string?>("--until")
        {
            Description = "What happened before then: a time, or how long ago.", HelpName = "time",
        };
        var channel = new Option<string?>("--channel") { Description = "Only what is about this channel.", HelpName = "id" };
        var kind = new Option<string?>("--kind")
        {
            Description = $"Only this kind: {string.Join(", ", Kinds)}.", HelpName = "kind",
        };
        kind.AcceptOnlyFromAmong(Kinds);
        var command = new Command("events", Description) { since, until, channel, kind, run.Output };
        var page = new PageOptions();
        page.AddTo(command);
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get(page.Path(
                parsed, "events", ("since", parsed.GetValue(since)), ("until", parsed.GetValue(until)),
                ("channel", parsed.GetValue(channel)), ("kind", parsed.GetValue(kind)))),
            run.PageOf(parsed, ApiJson.Default.RouterEventList, Csv, Show), cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ListBody<RouterEventBody> events) => Table.Show(
        screen, events.Items,
        events.Next is null ? "Nothing of the kind has happened." : "Nothing that was looked at so far fits.");

    private static Style StyleOf(RouterEventBody one) =>
        new(one.Kind is "outage" or "alert" or "breaker" ? Color.Yellow : Color.Default);
}
