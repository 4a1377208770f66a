using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Node.Routing;

/// <summary>Why each attempt went where it went.</summary>
internal static class ExplainView
{
    public static ExplainBody ToExplanation(this Payment payment) =>
        new(payment.Id.Value, [.. payment.Attempts.Select(ToBody)]);

    public static string Name(this Exclusion reason) => reason switch
    {
        Exclusion.Product => "product",
        Exclusion.Amount => "amount",
        Exclusion.Bank => "bank",
        Exclusion.Currency => "currency",
        Exclusion.Mode => "mode",
        Exclusion.Tried => "tried",
        Exclusion.Disabled => "disabled",
        Exclusion.Draining => "draining",
        Exclusion.NoOwner => "no_owner",
        Exclusion.BreakerOpen => "breaker_open",
        Exclusion.Isolated => "isolated",
        Exclusion.Full => "full",
        Exclusion.NoProbe => "no_probe",
        Exclusion.Excluded => "excluded",
        Exclusion.NotPinned => "not_pinned",
        Exclusion.Maintenance => "maintenance",
        Exclusion.Retired => "retired",
        Exclusion.Throttled => "throttled",
        Exclusion.PartClosed => "part_closed",
    };

    private static ExplainedAttemptBody ToBody(Attempt attempt) => new(
        attempt.No,
        attempt.Reasons.Policy,
        attempt.Channel.Value,
        attempt.Reasons.Draw,
        [.. attempt.Reasons.Candidates.Select(candidate => new CandidateBody(candidate.Channel.Value, candidate.Score))],
        [.. attempt.Reasons.Excluded.Select(excluded => new ExclusionBody(excluded.Channel.Value, excluded.Reason.Name()))],
        attempt.Reasons.MoreCandidates is > 0 and var more ? more : null,
        attempt.Reasons.MoreExcluded is [_, ..] rest
            ? [.. rest.Select(count => new ExclusionCountBody(count.Reason.Name(), count.Channels))]
            : null);
}
