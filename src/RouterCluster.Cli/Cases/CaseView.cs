using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Payments;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cases;

internal static class CaseView
{
    public static readonly View<CaseBody> Case = new(ApiJson.Default.CaseBody, Show);

    private static readonly ColumnTable<CaseReasonBody> Reasons = new ColumnTable<CaseReasonBody>()
        .Label("Reason", reason => reason.Reason)
        .Label("Open", Openness, rank: 1)
        .Number("Attempt", reason => $"{reason.Attempt}", rank: 3)
        .Moment("Since", reason => reason.OpenedAt, rank: 4)
        .Prose("Evidence", reason => reason.Evidence, rank: 2);

    public static void ShowProposal(IAnsiConsole screen, ProposalBody proposal) => new FactList()
        .Fact("Proposal", $"{proposal.No}")
        .Fact("Outcome", proposal.Outcome + (proposal.Attempt is { } attempt ? $" (attempt {attempt})" : ""))
        .Fact("State", State(proposal))
        .Fact("By", $"{proposal.By}, {DisplayText.Moment(proposal.At)}")
        .Fact("Reason", proposal.Reason)
        .Fact("Evidence", proposal.Evidence)
        .Fact("Expires", DisplayText.Moment(proposal.ExpiresAt))
        .Fact("Digest", proposal.Digest)
        .Show(screen);

    private static void Show(IAnsiConsole screen, CaseBody one)
    {
        PaymentView.Show(screen, one.Payment);
        screen.Heading("Why people have to look");
        Reasons.Show(screen, one.Reasons, "Nothing about this payment waits for people.");
        foreach (var proposal in one.Proposals)
        {
            screen.Heading($"Proposal {proposal.No}");
            ShowProposal(screen, proposal);
        }
    }

    private static string Openness(CaseReasonBody reason)
    {
        if (reason.Open)
        {
            return "yes";
        }

        return reason.DecidedBy is { } no ? $"no, by proposal {no}" : "no, by evidence";
    }

    private static string State(ProposalBody proposal)
    {
        var stale = proposal is { State: "pending", Current: false } ? ", the payment has changed since" : "";
        var settled = proposal.Settled is { } end
            ? $" by {end.By ?? DisplayText.Nothing}, {DisplayText.Moment(end.At)}" + (end.Reason is null ? "" : $": {end.Reason}")
            : "";
        var bulk = proposal.Bulk is null ? "" : $", of {proposal.Bulk}";
        return proposal.State + stale + settled + bulk;
    }
}
