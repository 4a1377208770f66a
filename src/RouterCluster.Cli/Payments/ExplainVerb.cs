using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Payments;

internal sealed class ExplainVerb : IVerb
{
    private static readonly ColumnTable<Considered> Table = new ColumnTable<Considered>()
        .Label("Channel", row => row.Channel)
        .Number("Score", row => row.Score is { } score ? Precise(score) : null, rank: 2)
        .Label("Outcome", row => row.Outcome, rank: 1, row => row.Style);

    public Command Build(VerbRun run)
    {
        var id = new Argument<string>("id") { Description = "The payment's id (pay_...)." };
        return run.Asks(
            new Command("explain", "Say why each attempt of a payment went to its channel.") { id },
            parsed => RouterRequest.Get($"payments/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/explain"),
            new View<ExplainBody>(ApiJson.Default.ExplainBody, Show));
    }

    private static void Show(IAnsiConsole screen, ExplainBody explained)
    {
        new FactList().Fact("Payment", explained.Payment).Show(screen);
        if (explained.Attempts.Count == 0)
        {
            screen.Say("No channel was chosen for this payment yet.");
        }

        foreach (var attempt in explained.Attempts)
        {
            ShowAttempt(screen, attempt);
        }
    }

    private static void ShowAttempt(IAnsiConsole screen, ExplainedAttemptBody attempt)
    {
        var draw = attempt.Draw is { } drawn ? $", drawn {Precise(drawn)}" : "";
        screen.Heading($"Attempt {attempt.No}: {attempt.Chosen ?? "no channel"}, policy {attempt.Policy}{draw}");
        Table.Show(
            screen,
            [
                .. attempt.Candidates.Select(candidate => Candidate(candidate, candidate.Channel == attempt.Chosen)),
                .. attempt.Excluded.Select(one => new Considered(one.Channel, null, Excluded(one), Style.Plain)),
            ],
            "The node does not say which channels it considered.");
        var rest = (attempt.MoreExcluded ?? []).Select(more => $"excluded: {more.Reason} {more.Channels}")
            .Prepend(attempt.MoreCandidates is { } candidates ? $"candidate {candidates}" : null)
            .OfType<string>().ToList();
        if (rest.Count > 0)
        {
            screen.Say($"How many channels more: {string.Join(", ", rest)}.");
        }
    }

    private static Considered Candidate(CandidateBody candidate, bool isChosen) => isChosen
        ? new Considered(candidate.Channel, candidate.Score, "chosen", new Style(Color.Green))
        : new Considered(candidate.Channel, candidate.Score, "candidate", Style.Plain);

    private static string Excluded(ExclusionBody one) => one switch
    {
        { Exclusion: { } no } => $"excluded: {one.Reason} (exclusion {no})",
        { Until: { } until } => $"excluded: {one.Reason} (until {DisplayText.Moment(until)})",
        _ => $"excluded: {one.Reason}",
    };

    private static string Precise(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A channel in a route choice, and what became of it.</summary>
    private sealed record Considered(string Channel, double? Score, string Outcome, Style Style);
}
