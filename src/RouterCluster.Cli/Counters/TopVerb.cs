using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Counters;

internal sealed class TopVerb : IVerb
{
    private static readonly ColumnTable<MoverBody> Table = new ColumnTable<MoverBody>()
        .Label("Counted by", mover => mover.Dimension, rank: 4)
        .Label("Name", mover => mover.Name)
        .Label("What", mover => mover.What)
        .Number("Before/min", mover => PerMinute(mover.BeforePerMinute), rank: 1)
        .Number("Now/min", mover => PerMinute(mover.NowPerMinute), rank: 2)
        .Number("Deviations", mover => mover.Deviations.ToString("+0.0;-0.0", CultureInfo.InvariantCulture), rank: 3);

    public Command Build(VerbRun run)
    {
        var minutes = new Option<int?>("--minutes")
        {
            Description = "How long the last minutes are: 1 to 30; 5 without it.", HelpName = "minutes",
        };
        var limit = new Option<int?>("--limit") { Description = "How many are shown; 20 without it.", HelpName = "count" };
        return run.Asks(
            new Command("top", "Show what changed most in the last minutes: channels, their codes, banks and merchants.")
            {
                minutes, limit,
            },
            parsed => RouterRequest.Get(Path(parsed.GetValue(minutes), parsed.GetValue(limit))),
            new View<MoversBody>(ApiJson.Default.MoversBody, Show));
    }

    private static string Path(int? minutes, int? limit)
    {
        var query = string.Join(
            '&', new[] { ("minutes", minutes), ("limit", limit) }.Where(each => each.Item2 is not null)
                .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Item1}={each.Item2}")));
        return query.Length == 0 ? "movers" : $"movers?{query}";
    }

    private static void Show(IAnsiConsole screen, MoversBody movers)
    {
        if (movers.MinutesBefore == 0)
        {
            screen.Say("There are no counters of the time before yet: nothing can be compared.");
            return;
        }

        Table.Show(screen, movers.Items, "Nothing changed more than by chance.");
        screen.Say(
            $"Since {DisplayText.Moment(movers.Since)}, compared with the {movers.MinutesBefore} min before.",
            new Style(decoration: Decoration.Dim));
    }

    private static string PerMinute(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
