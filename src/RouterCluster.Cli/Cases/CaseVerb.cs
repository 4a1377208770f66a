using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cases;

internal sealed class CaseVerb : IVerb
{
    public Command Build(VerbRun run)
    {
        var command = new Command("case", "Look at a case, propose how it ends, or settle a proposal.")
        {
            Show(run),
            Propose(run),
            CaseApproval.Approve(run),
            CaseApproval.Reject(run),
        };
        foreach (var verb in BulkVerbs.Build(run))
        {
            command.Add(verb);
        }

        return command;
    }

    private static Command Show(VerbRun run)
    {
        var id = CaseArguments.Id();
        return run.Asks(
            new Command("show", "Show the case with attempts, reasons and proposals.") { id },
            parsed => RouterRequest.Get(CaseArguments.Path(parsed.GetRequiredValue(id))),
            CaseView.Case);
    }

    private static Command Propose(VerbRun run)
    {
        var id = CaseArguments.Id();
        var words = new ProposalOptions();
        var view = new View<ProposalBody>(ApiJson.Default.ProposalBody, CaseView.ShowProposal);
        var command = new Command("propose", "Propose how the case ends; another person has to approve it.") { id };
        words.AddTo(command);
        return run.Asks(
            command,
            parsed => RouterRequest.Post(
                $"{CaseArguments.Path(parsed.GetRequiredValue(id))}/proposals",
                new ProposalRequest(words.Outcome(parsed), words.Reason(parsed), words.Evidence(parsed)),
                ApiJson.Default.ProposalRequest),
            view);
    }
}
