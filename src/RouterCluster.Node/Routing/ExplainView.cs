using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Node.Routing;

internal static class ExplainView
{
    public static ExplainBody ToExplanation(this Payment payment) =>
        new(payment.Id.Value, [.. payment.Attempts.Select(ToBody)]);

    private static ExplainedAttemptBody ToBody(Attempt attempt) => new(
        attempt.No,
        attempt.Reasons.Policy,
        attempt.Channel.Value,
        attempt.Reasons.Draw,
        [.. attempt.Reasons.Candidates.Select(candidate => new CandidateBody(candidate.Channel.Value, candidate.Score))],
        [.. attempt.Reasons.Excluded.Select(excluded => new ExclusionBody(
            excluded.Channel.Value, excluded.Reason.Name(), excluded.ExclusionNo is > 0 and var no ? no : null,
            excluded.Until))],
        attempt.Reasons.MoreCandidates is > 0 and var more ? more : null,
        attempt.Reasons.MoreExcluded is [_, ..] rest
            ? [.. rest.Select(count => new ExclusionCountBody(count.Reason.Name(), count.Channels))]
            : null);
}
