using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Drill;

/// <summary>Plays an incident on a demo and says what the alerts, the router and the operator did when.</summary>
internal sealed class DrillVerb : IVerb
{
    private static readonly ColumnTable<DrillEntry> Table = new ColumnTable<DrillEntry>()
        .Number("After s", entry => entry.AfterSeconds.ToString("0.0", CultureInfo.InvariantCulture))
        .Label("Who", entry => entry.By, rank: 2)
        .Label("Channel", entry => entry.Channel, rank: 1)
        .Prose("What", entry => entry.What);

    private readonly Option<string> _simulator = new("--simulator")
    {
        Description = "The simulator's address; http://127.0.0.1:9090 without it.",
        HelpName = "url",
        DefaultValueFactory = _ => "http://127.0.0.1:9090",
    };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "Payments a second: 1 to 100; 10 without it.", HelpName = "number", DefaultValueFactory = _ => 10,
    };

    private readonly Option<int> _healthy = new("--healthy")
    {
        Description = "How long all is well at first: 1 to 600 s; 30 without it.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How long a step may take: 1 to 600 s; 60 without it. The end may take three times as long.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 60,
    };

    public Command Build(VerbRun run)
    {
        var command = new Command(
            "drill", """
            Play an incident on the demo, with simulated channels only, and show what the alerts, the router and the operator did
            when. It takes about three minutes and sets all right at its end. Example: routerctl drill --healthy 10
            """)
        {
            _simulator, _rate, _healthy, _limit,
        };
        Within(_rate, 1, 100);
        Within(_healthy, 1, 600);
        Within(_limit, 1, 600);
        command.SetAction((parsed, cancellation) => RunAsync(run, parsed, cancellation));
        return command;
    }

    private static void Within<T>(Option<T> option, T least, T most)
        where T : IComparable<T> => option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
            {
                result.AddError($"{option.Name} must be from {least} to {most}.");
            }
        });

    private async Task<int> RunAsync(VerbRun run, ParseResult parsed, CancellationToken cancellation)
    {
        if (run.TargetOf(parsed) is not { } target)
        {
            return ExitCode.Usage;
        }

        if (!Uri.TryCreate(parsed.GetValue(_simulator), UriKind.Absolute, out var simulator)
            || !simulator.IsLoopback || !target.Url.IsLoopback)
        {
            return run.Failed(
                "a drill runs against a demo on this machine only: --url and --simulator must be loopback addresses");
        }

        try
        {
            return Show(run, target, await PlayAsync(run, parsed, target, simulator, cancellation));
        }
        catch (DrillStoppedException stopped)
        {
            return run.Failed(stopped.Message);
        }
        catch (OperationCanceledException)
        {
            return run.Failed("interrupted");
        }
    }

    private async Task<DrillReport> PlayAsync(
        VerbRun run, ParseResult parsed, Target target, Uri simulator, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(parsed.GetValue(_limit));
        var plan = new DrillPlan(
            parsed.GetValue(_rate), TimeSpan.FromSeconds(parsed.GetValue(_healthy)), limit, RecoveryLimit: 3 * limit);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = run.CliEnvironment.Timeout };
        using var node = new DemoNode(target.Url, http, run.CliEnvironment.Timeout);
        var line = new DrillTimeLine(
            TimeProvider.System, text =>
            {
                if (run.CliEnvironment.IsErrorTerminal)
                {
                    run.CliEnvironment.Error.WriteLine(text);
                }
            });
        var drill = new IncidentDrill(node, new DemoSimulator(simulator, http), plan, line, TimeProvider.System);
        return await drill.RunAsync(cancellation);
    }

    private static int Show(VerbRun run, Target target, DrillReport report)
    {
        if (target.Json)
        {
            run.CliEnvironment.Output.WriteLine(JsonSerializer.Serialize(report, DrillJson.Default.DrillReport));
        }
        else
        {
            var screen = run.Screen();
            Table.Show(screen, report.Items, "Nothing happened.");
            var unknown = report.MostUnknown;
            screen.Say(
                $"{report.Payments.Accepted} payments were accepted and {report.Payments.Refused} refused. At most "
                + $"{unknown.Count} payments, {Amounts.Of(unknown.Amount, "CNY")}, were unknown at once.");
            if (report.Missed.Count > 0)
            {
                screen.Say($"Missed: {string.Join("; ", report.Missed)}.", new Style(Color.Red));
            }
        }

        return report is { Interrupted: false, Missed: [] } ? ExitCode.Done : ExitCode.Failed;
    }
}
