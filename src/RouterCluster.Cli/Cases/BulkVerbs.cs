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
        var words = new DecisionOptions();
        var filter = new FilterOptions();
        var command = new Command(
            "bulk-propose", "Propose how all cases end that a filter finds now; another person has to approve the list.");
        words.AddTo(command);
        filter.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var body = new BulkProposalRequest(
                filter.Read(parsed), words.Outcome(parsed), words.Reason(parsed), words.Evidence(parsed));
            return run.AskAsync(
                parsed, RouterRequest.Post(Lists, body, ApiJson.Default.BulkProposalRequest), BulkView.Bulk, cancellation);
        });
        return command;
    }

    private static Command List(VerbRun run)
    {
        var page = new PageOptions();
        var view = new View<ListBody<BulkBody>>(ApiJson.Default.BulkList, BulkView.ShowList);
        var command = new Command("bulk-list", "List the lists of cases that were proposed, newest first.");
        page.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get(page.Path(parsed, Lists)), view, cancellation));
        return command;
    }

    private static Command Show(VerbRun run)
    {
        var id = Id();
        var command = new Command("bulk-show", "Show a list of cases and what has become of its payments.") { id };
        command.SetAction((parsed, cancellation) =>
            run.AskAsync(parsed, RouterRequest.Get(Path(parsed.GetRequiredValue(id))), BulkView.Bulk, cancellation));
        return command;
    }

    private static Command Items(VerbRun run)
    {
        var id = Id();
        var page = new PageOptions();
        var view = new View<ListBody<BulkItemBody>>(ApiJson.Default.BulkItemList, BulkView.ShowItems);
        var command = new Command("bulk-items", "List the payments of a list of cases, each with what became of it.") { id };
        page.AddTo(command);
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed, RouterRequest.Get(page.Path(parsed, $"{Path(parsed.GetRequiredValue(id))}/items")), view, cancellation));
        return command;
    }

    private static Command Approve(VerbRun run)
    {
        var id = Id();
        var digest = CaseArguments.Digest();
        var command = new Command("bulk-approve", "Approve another person's list of cases.") { id, digest };
        command.SetAction((parsed, cancellation) =>
        {
            var path = Path(parsed.GetRequiredValue(id));
            return parsed.GetValue(digest) is { } seen
                ? run.AskAsync(parsed, Approval(path, seen), BulkView.Bulk, cancellation)
                : run.AskTwiceAsync(
                    parsed, RouterRequest.Get(path), ApiJson.Default.BulkBody, shown => Approval(path, shown.Digest),
                    "there is no such list", BulkView.Bulk, cancellation);
        });
        return command;
    }

    private static Command Reject(VerbRun run)
    {
        var id = Id();
        var reason = CaseArguments.Reason();
        var command = new Command("bulk-reject", "Reject another person's list of cases.") { id, reason };
        command.SetAction((parsed, cancellation) => run.AskAsync(
            parsed,
            RouterRequest.Post(
                $"{Path(parsed.GetRequiredValue(id))}/reject", new RejectionRequest(parsed.GetRequiredValue(reason)),
                ApiJson.Default.RejectionRequest),
            BulkView.Bulk,
            cancellation));
        return command;
    }

    private static RouterRequest Approval(string path, string digest) =>
        RouterRequest.Post($"{path}/approve", new ApprovalRequest(digest), ApiJson.Default.ApprovalRequest);

    private static Argument<string> Id() => CaseArguments.Id("The list's id (bulk_...).");

    private static string Path(string id) => string.Create(CultureInfo.InvariantCulture, $"{Lists}/{Uri.EscapeDataString(id)}");
}
