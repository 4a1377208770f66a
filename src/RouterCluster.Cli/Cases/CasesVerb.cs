using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cases;

/// <summary>What waits for people, the oldest first.</summary>
internal sealed class CasesVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var page = new PageOptions();
        var view = new View<ListBody<CaseBody>>(ApiJson.Default.CaseList, Show);
        var command = new Command("cases", "List the payments that people have to decide, the oldest first.");
        page.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get(page.Path(parsed, "cases")), view, cancellation));
        return command;
    }

    private static void Show(IAnsiConsole screen, ListBody<CaseBody> cases)
    {
        var table = Sheet.Table().Left("Payment", "State").Right("Amount").Left("Channel", "Why", "Proposed");
        foreach (var one in cases.Items)
        {
            table.AddRow(
                Sheet.Cell(one.Id),
                Sheet.Cell(one.Payment.State, Colours.OfState(one.Payment.State)),
                Sheet.Cell(Words.Money(one.Payment.Amount, one.Payment.Currency)),
                Sheet.Cell(one.Payment.Channel),
                Sheet.Cell(Words.List([.. one.Reasons.Where(reason => reason.Open).Select(reason => reason.Reason).Distinct()])),
                Sheet.Cell(Words.List([.. one.Proposals
                    .Where(proposal => proposal.State == "pending")
                    .Select(proposal => $"{proposal.No}: {proposal.Outcome} by {proposal.By}")])));
        }

        screen.Write(table);
        PageOptions.ShowNext(screen, cases.Next);
    }
}
