using System.CommandLine;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cases;

/// <summary>Approves what the node shows now, by its digest; with --digest, what it showed before.</summary>
internal static class CaseApproval
{
    public static Command Approve(VerbRun run)
    {
        var id = CaseArguments.Id();
        var no = CaseArguments.No();
        var digest = CaseArguments.Digest();
        var reason = CaseArguments.ApprovalReason();
        var command = new Command("approve", "Approve another person's proposal.") { id, no, digest, reason };
        command.SetAction((parsed, cancellation) =>
        {
            var path = CaseArguments.Path(parsed.GetRequiredValue(id));
            var number = parsed.GetRequiredValue(no);
            var why = parsed.GetValue(reason);
            return parsed.GetValue(digest) is { } seen
                ? run.AskAsync(parsed, Approval(path, number, seen, why), CaseView.Case, cancellation)
                : run.AskTwiceAsync(
                    parsed, RouterRequest.Get(path), ApiJson.Default.CaseBody,
                    shown => shown.Proposals.FirstOrDefault(proposal => proposal.No == number) is { } proposal
                        ? Approval(path, number, proposal.Digest, why)
                        : null,
                    $"the case has no proposal {number}", CaseView.Case, cancellation);
        });
        return command;
    }

    public static Command Reject(VerbRun run)
    {
        var id = CaseArguments.Id();
        var no = CaseArguments.No();
        var reason = CaseArguments.Reason();
        return run.Asks(
            new Command("reject", "Reject another person's proposal.") { id, no, reason },
            parsed => RouterRequest.Post(
                $"{CaseArguments.Path(parsed.GetRequiredValue(id))}/proposals/{parsed.GetRequiredValue(no)}/reject",
                new RejectionRequest(parsed.GetRequiredValue(reason)),
                ApiJson.Default.RejectionRequest),
            CaseView.Case);
    }

    private static RouterRequest Approval(string path, int no, string digest, string? reason) => RouterRequest.Post(
        $"{path}/proposals/{no}/approve", new ApprovalRequest(digest, reason), ApiJson.Default.ApprovalRequest);
}
