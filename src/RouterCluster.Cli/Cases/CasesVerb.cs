using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cases;

internal sealed class CasesVerb : IVerb
{
    private static readonly ColumnTable<CaseBody> Table = new ColumnTable<CaseBody>()
        .Label("Payment", one => one.Id)
        .Label("State", one => one.Payment.State, rank: 5, one => Colours.OfState(one.Payment.State))
        .Number("Amount", one => Amounts.Of(one.Payment.Amount, one.Payment.Currency), rank: 1)
        .Label("Channel", one => one.Payment.Channel, rank: 4)
        .Prose("Why", Reasons, rank: 2)
        .Prose("Proposed", Proposed, rank: 3);

    public Command Build(VerbRun run) => run.Lists(
        new Command("cases", "List the payments that people have to decide, the oldest first."),
        _ => "cases",
        new View<ListBody<CaseBody>>(ApiJson.Default.CaseList, Show));

    private static void Show(IAnsiConsole screen, ListBody<CaseBody> cases)
    {
        Table.Show(screen, cases.Items, "No case is open.");
        PageOptions.ShowNext(screen, cases.Next);
    }

    private static string Reasons(CaseBody one) =>
        DisplayText.List([.. one.Reasons.Where(reason => reason.Open).Select(reason => reason.Reason).Distinct()]);

    private static string Proposed(CaseBody one) => DisplayText.List([.. one.Proposals
        .Where(proposal => proposal.State == "pending")
        .Select(proposal => $"{proposal.No}: {proposal.Outcome} by {proposal.By}")]);
}
