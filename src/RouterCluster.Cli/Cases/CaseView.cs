using RouterCluster.Api;
using RouterCluster.Cli.Display;
using RouterCluster.Cli.Payments;
using RouterCluster.Cli.Verbs;
using Spectre.Console;

namespace RouterCluster.Cli.Cases;

/// <summary>A case with everything that is decided upon.</summary>
internal static class CaseView
{
    public static readonly View<CaseBody> Case = new(ApiJson.Default.CaseBody, Show);

    public static void ShowProposal(IAnsiConsole screen, ProposalBody proposal) => screen.Write(Sheet.Facts()
        .Fact("Proposal", $"{proposal.No}")
        .Fact("Outcome", proposal.Outcome + (proposal.Attempt is { } attempt ? $" (attempt {attempt})" : ""))
        .Fact("State", State(proposal))
        .Fact("By", $"{proposal.By}, {Words.Moment(proposal.At)}")
        .Fact("Reason", proposal.Reason)
        .Fact("Evidence", proposal.Evidence)
        .Fact("Expires", Words.Moment(proposal.ExpiresAt))
        .Fact("Digest", proposal.Digest));

    private static void Show(IAnsiConsole screen, CaseBody one)
    {
        PaymentView.Show(screen, one.Payment);
        if (one.Reasons.Count > 0)
        {
            screen.Heading("Why people have to look");
            var reasons = Sheet.Table().Left("Reason", "Open").Right("Attempt").Left("Since", "Evidence");
            foreach (var reason in one.Reasons)
            {
                reasons.AddRow(
                    Sheet.Cell(reason.Reason),
                    Sheet.Cell(reason.Open ? "yes" : reason.DecidedBy is { } no ? $"proposal {no}" : "answered"),
                    Sheet.Cell($"{reason.Attempt}"),
                    Sheet.Cell(Words.Moment(reason.OpenedAt)),
                    Sheet.Cell(reason.Evidence));
            }

            screen.Write(reasons);
        }

        foreach (var proposal in one.Proposals)
        {
            screen.Heading($"Proposal {proposal.No}");
            ShowProposal(screen, proposal);
        }
    }

    private static string State(ProposalBody proposal)
    {
        var stale = proposal is { State: "pending", Current: false } ? ", the payment has changed since" : "";
        var settled = proposal.Settled is { } end
            ? $" by {end.By ?? Words.Nothing}, {Words.Moment(end.At)}" + (end.Reason is null ? "" : $": {end.Reason}")
            : "";
        var bulk = proposal.Bulk is null ? "" : $", of {proposal.Bulk}";
        return proposal.State + stale + settled + bulk;
    }
}
