using System.CommandLine;
using System.Globalization;
using RouterCluster.Api;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Cases;

internal static class BulkVerbs
{
    private const string Lists = "cases/bulk-proposals";

    public static IEnumerable<Command> Build(VerbRun run) =>
        [Propose(run), List(run), Show(run), Items(run), Approve(run), Reject(run)];

    private static Command Propose(VerbRun run)
    {
        var words = new ProposalOptions();
        var filter = new FilterOptions();
        var command = new Command(
            "bulk-propose", "Propose how all cases end that a filter finds now; another person has to approve the list.");
        words.AddTo(command);
        filter.AddTo(command);
        return run.Asks(
            command,
            parsed => RouterRequest.Post(
                Lists,
                new BulkProposalRequest(
                    filter.Read(parsed), words.Outcome(parsed), words.Reason(parsed), words.Evidence(parsed)),
                ApiJson.Default.BulkProposalRequest),
            BulkView.Bulk);
    }

    private static Command List(VerbRun run) => run.Lists(
        new Command("bulk-list", "List the lists of cases that were proposed, newest first."),
        _ => Lists,
        new View<ListBody<BulkBody>>(ApiJson.Default.BulkList, BulkView.ShowList));

    private static Command Show(VerbRun run)
    {
        var id = Id();
        return run.Asks(
            new Command("bulk-show", "Show a list of cases and what has become of its payments.") { id },
            parsed => RouterRequest.Get(Path(parsed.GetRequiredValue(id))),
            BulkView.Bulk);
    }

    private static Command Items(VerbRun run)
    {
        var id = Id();
        return run.Lists(
            new Command("bulk-items", "List the payments of a list of cases, each with what became of it.") { id },
            parsed => $"{Path(parsed.GetRequiredValue(id))}/items",
            new View<ListBody<BulkItemBody>>(ApiJson.Default.BulkItemList, BulkView.ShowItems));
    }

    private static Command Approve(VerbRun run)
    {
        var id = Id();
        var digest = CaseArguments.Digest();
        var reason = CaseArguments.ApprovalReason();
        var command = new Command("bulk-approve", "Approve another person's list of cases.") { id, digest, reason };
        command.SetAction((parsed, cancellation) =>
        {
            var path = Path(parsed.GetRequiredValue(id));
            var why = parsed.GetValue(reason);
            return parsed.GetValue(digest) is { } seen
                ? run.AskAsync(parsed, Approval(path, seen, why), BulkView.Bulk, cancellation)
                : run.AskTwiceAsync(
                    parsed, RouterRequest.Get(path), ApiJson.Default.BulkBody, shown => Approval(path, shown.Digest, why),
                    "there is no such list", BulkView.Bulk, cancellation);
        });
        return command;
    }

    private static Command Reject(VerbRun run)
    {
        var id = Id();
        var reason = CaseArguments.Reason();
        return run.Asks(
            new Command("bulk-reject", "Reject another person's list of cases.") { id, reason },
            parsed => RouterRequest.Post(
                $"{Path(parsed.GetRequiredValue(id))}/reject", new RejectionRequest(parsed.GetRequiredValue(reason)),
                ApiJson.Default.RejectionRequest),
            BulkView.Bulk);
    }

    private static RouterRequest Approval(string path, string digest, string? reason) =>
        RouterRequest.Post($"{path}/approve", new ApprovalRequest(digest, reason), ApiJson.Default.ApprovalRequest);

    private static Argument<string> Id() => CaseArguments.Id("The list's id (bulk_...).");

    private static string Path(string id) => string.Create(CultureInfo.InvariantCulture, $"{Lists}/{Uri.EscapeDataString(id)}");
}
