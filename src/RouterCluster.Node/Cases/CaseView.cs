using RouterCluster.Api;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Cases;

internal static class CaseView
{
    /// <summary>A proposal that is still pending although evidence or another ruling has ended its case.</summary>
    public const string Superseded = "superseded";

    /// <summary>People had or have to look at the payment.</summary>
    public static bool IsCase(this Payment payment) =>
        payment.NeedsDecision || payment.Cases.Length > 0 || payment.Proposals.Length > 0;

    public static CaseBody ToCase(this Payment payment)
    {
        var open = payment.OpenCases.ToHashSet();
        return new CaseBody(
            payment.Id.Value,
            payment.ToBody(),
            [.. payment.Cases.Select(known => new CaseReasonBody(
                known.Reason.Name(), known.AttemptNo, known.Evidence, known.OpenedAt, open.Contains(known), known.DecidedBy))],
            [.. payment.Proposals.Select(proposal => proposal.ToBody(payment))]);
    }

    public static ProposalBody ToBody(this Proposal proposal, Payment payment) => new(
        proposal.No,
        proposal.Outcome.Name(),
        proposal.AttemptNo > 0 ? proposal.AttemptNo : null,
        proposal.By.Name,
        proposal.Reason,
        proposal.Evidence,
        proposal.At,
        proposal.ExpiresAt,
        proposal.Digest,
        proposal.IsPending && !payment.NeedsDecision ? Superseded : proposal.State.Name(),
        proposal.IsPending && proposal.Digest == ContentDigest.Of(payment, proposal),
        proposal.Bulk,
        proposal.Settled is { } settled ? new SettlementBody(settled.At, settled.By?.Name, settled.Reason) : null);
}
