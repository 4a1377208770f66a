using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Configuration;

/// <summary>Lists the versions of the configuration, or shows the difference of one.</summary>
internal static class ConfigHistory
{
    private const string Description = """
        List who has changed channels and merchants while the nodes ran, when, why, and in how many lines, newest first; with a
        version, show its difference to the one before. Secrets are named and not shown. Examples:
        routerctl config history, routerctl config history 3, routerctl config history -o csv
        """;

    private const string Nothing = "Nobody has changed the configuration while the nodes ran: the files are in force.";

    private static readonly ColumnTable<ConfigurationVersionBody> Table = new ColumnTable<ConfigurationVersionBody>()
        .Number("Version", version => $"{version.Version}")
        .Label("In force", version => version.InForce ? "yes" : null, rank: 4)
        .Moment("When", version => version.At, rank: 3)
        .Label("By", version => version.By)
        .Number("Changes", version => $"{version.Changes}", rank: 1)
        .Prose("Reason", version => version.Reason, rank: 2);

    private static readonly CsvTable<ConfigurationVersionBody> Csv = new CsvTable<ConfigurationVersionBody>()
        .Number("version", version => version.Version)
        .Moment("at", version => version.At)
        .Text("by", version => version.By)
        .Text("reason", version => version.Reason)
        .Number("changes", version => version.Changes)
        .Text("in_force", version => version.InForce ? "yes" : "no");

    private static readonly View<ConfigurationDifferenceBody> Difference =
        new(ApiJson.Default.ConfigurationDifferenceBody, ShowDifference);

    public static Command Build(VerbRun run)
    {
        var version = Version("Only the difference of this version.", ArgumentArity.ZeroOrOne);
        var page = new PageOptions();
        var command = new Command("history", Description) { version, run.Output };
        page.AddTo(command);
        command.SetAction((parsed, cancellation) => parsed.GetValue(version) is { } one
            ? run.AskAsync(parsed, RouterRequest.Get($"config/versions/{one}"), Difference, cancellation)
            : run.AskAsync(
                parsed,
                RouterRequest.Get(page.Path(parsed, "config/versions")),
                run.PageOf(
                    parsed, ApiJson.Default.ConfigurationVersionList, Csv,
                    (screen, versions) => Table.Show(screen, versions.Items, Nothing)),
                cancellation));
        return command;
    }

    public static Argument<long?> Version(string description, ArgumentArity arity)
    {
        var version = new Argument<long?>("version") { Description = description, Arity = arity };
        version.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!long.TryParse(token.Value, out var number) || number < 0))
            {
                result.AddError($"<version> must be a number that config history lists, not '{token.Value}'.");
            }
        });
        return version;
    }

    private static void ShowDifference(IAnsiConsole screen, ConfigurationDifferenceBody version)
    {
        new FactList()
            .Fact("Configuration", version.InForce ? $"{version.Version} (in force)" : $"{version.Version}")
            .Fact("When", DisplayText.Moment(version.At))
            .Fact("By", version.By)
            .Fact("Reason", version.Reason)
            .Show(screen);
        screen.Heading("Changes");
        foreach (var change in version.Changes)
        {
            screen.Say(change.What);
        }
    }
}
