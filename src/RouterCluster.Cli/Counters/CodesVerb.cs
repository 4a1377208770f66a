using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Channels;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Counters;

internal sealed class CodesVerb : IVerb
{
    private const string Description = """
        Show how often a channel answered with which code: those first that the day before does not have, then those of which no
        table says what they mean, then the most frequent. Beside them its attempts by bank; codes are not counted by bank, and
        rare codes share one row, "other". With an embedded Redis the figures are this node's alone. Examples:
        routerctl codes alpha --since 1h, routerctl codes alpha -o csv
        """;

    private static readonly ColumnTable<CodeBody> Codes = new ColumnTable<CodeBody>()
        .Label("Code", code => code.Code)
        .Label("Mark", Mark, rank: 1, code => new Style(code.New || code.Unmapped ? Color.Yellow : Color.Default))
        .Number("Count", code => $"{code.Count}", rank: 2)
        .Number("Share", code => DisplayText.Percent(code.Share), rank: 3)
        .Label("Class", code => code.Class, rank: 4)
        .Label("Sample", code => code.Sample, rank: 5);

    private static readonly ColumnTable<CodeBankBody> Banks = new ColumnTable<CodeBankBody>()
        .Label("Bank", bank => bank.Bank)
        .Number("Attempts", bank => $"{bank.Attempts}", rank: 1)
        .Number("Succeeded", bank => $"{bank.Succeeded}", rank: 2)
        .Number("Failed", bank => $"{bank.Failed}", rank: 3)
        .Number("Channel's fault", bank => $"{bank.Faults}", rank: 4)
        .Number("Unresolved", bank => $"{bank.Unresolved}", rank: 5);

    private static readonly CsvTable<CodeBody> Csv = new CsvTable<CodeBody>()
        .Text("code", code => code.Code)
        .Text("class", code => code.Class)
        .Number("count", code => code.Count)
        .Text("share", code => DisplayText.Number(code.Share))
        .Text("new", code => YesNo(code.New))
        .Text("unmapped", code => YesNo(code.Unmapped))
        .Text("sample", code => code.Sample);

    public Command Build(VerbRun run)
    {
        var channel = PathArgument.Id("The channel's id.", "a channel's id", "channel");
        var since = new Option<string?>("--since")
        {
            Description = "From then on: how long ago such as 10m or 2h, at most a day, or a time; 1h without it.",
            HelpName = "time",
        };
        var command = new Command("codes", Description) { channel, since, run.Output };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed, RouterRequest.Get(Path(parsed.GetRequiredValue(channel), parsed.GetValue(since))),
            ViewOf(run, parsed.GetValue(run.Output)), cancellation));
        return command;
    }

    private static string Path(string channel, string? since)
    {
        var path = $"{ChannelArguments.Path(channel)}/codes";
        return since is null ? path : $"{path}?since={Uri.EscapeDataString(since)}";
    }

    private static View<CodesBody> ViewOf(VerbRun run, string? form) => new(
        ApiJson.Default.CodesBody,
        (screen, codes) =>
        {
            if (form == OutputOption.Csv)
            {
                Csv.Write(run.CliEnvironment.Output, codes.Items);
                return;
            }

            Show(screen, codes);
        });

    private static void Show(IAnsiConsole screen, CodesBody codes)
    {
        Codes.Show(screen, codes.Items, "Nothing was counted.");
        if (codes.Banks.Count > 0)
        {
            screen.Heading("By bank");
            Banks.Show(screen, codes.Banks);
        }

        var compared = codes.Compared ? "" : "; there are no counters of the day before, so that none is called new";
        screen.Say(
            $"{codes.Count} reports of {codes.Channel} since {DisplayText.Moment(codes.Since)}{compared}.",
            new Style(decoration: Decoration.Dim));
    }

    private static string? Mark(CodeBody code) => code switch
    {
        { New: true, Unmapped: true } => "new, unmapped",
        { New: true } => "new",
        { Unmapped: true } => "unmapped",
        _ => null,
    };

    private static string YesNo(bool value) => value ? "yes" : "no";
}
