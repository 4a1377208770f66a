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
        var command = new Command("show", "Show the case with attempts, reasons and proposals.") { id };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed, RouterRequest.Get(CaseArguments.Path(parsed.GetRequiredValue(id))), CaseView.Case, cancellation));
        return command;
    }

    private static Command Propose(VerbRun run)
    {
        var id = CaseArguments.Id();
        var words = new DecisionOptions();
        var view = new View<ProposalBody>(ApiJson.Default.ProposalBody, CaseView.ShowProposal);
        var command = new Command("propose", "Propose how the case ends; another person has to approve it.") { id };
        words.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var body = new ProposalRequest(words.Outcome(parsed), words.Reason(parsed), words.Evidence(parsed));
            var path = $"{CaseArguments.Path(parsed.GetRequiredValue(id))}/proposals";
            return run.AskAsync(parsed, RouterRequest.Post(path, body, ApiJson.Default.ProposalRequest), view, cancellation);
        });
        return command;
    }
}
