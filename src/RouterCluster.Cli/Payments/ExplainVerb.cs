using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Payments;

/// <summary>Why a payment went where it went.</summary>
internal sealed class ExplainVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var id = new Argument<string>("id") { Description = "The payment's id (pay_...)." };
        var view = new View<ExplainBody>(ApiJson.Default.ExplainBody, Show);
        var command = new Command("explain", "Say why each attempt of a payment went to its channel.") { id };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Get($"payments/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/explain"),
            view,
            cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ExplainBody explained)
    {
        screen.Write(Sheet.Facts().Fact("Payment", explained.Payment));
        foreach (var attempt in explained.Attempts)
        {
            ShowAttempt(screen, attempt);
        }
    }

    private static void ShowAttempt(IAnsiConsole screen, ExplainedAttemptBody attempt)
    {
        var draw = attempt.Draw is { } drawn ? $", drawn {Precise(drawn)}" : "";
        screen.Heading($"Attempt {attempt.No}: {attempt.Chosen ?? "no channel"}, policy {attempt.Policy}{draw}");
        var table = Sheet.Table().Left("Channel").Right("Score").Left("Outcome");
        foreach (var candidate in attempt.Candidates)
        {
            var isChosen = candidate.Channel == attempt.Chosen;
            table.AddRow(
                Sheet.Cell(candidate.Channel),
                Sheet.Cell(Precise(candidate.Score)),
                isChosen ? Sheet.Cell("chosen", new Style(Color.Green)) : Sheet.Cell("candidate"));
        }

        foreach (var excluded in attempt.Excluded)
        {
            table.AddRow(
                Sheet.Cell(excluded.Channel), Sheet.Cell(null), Sheet.Cell($"excluded: {excluded.Reason}"));
        }

        screen.Write(table);
    }

    private static string Precise(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
