using System.Diagnostics;
using System.Globalization;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Timeline;

/// <summary>The events that a payment's own state tells of, for those whose rows were not found.</summary>
internal static class KnownEvents
{
    public static IEnumerable<PaymentEvent> Of(Payment payment) =>
    [
        new PaymentAccepted(payment.CreatedAt, payment.Content, payment.ExpiresAt),
        .. payment.Attempts.SelectMany(Of),
        .. payment.Cases.Select(known => new CaseOpened(known.OpenedAt, known.Reason, known.AttemptNo, known.Evidence)
        {
            Told = known.Told, Against = known.Against,
        }),
        .. payment.Proposals.SelectMany(Of),
        .. EndOf(payment),
    ];

    /// <summary>The same for what is told of one event by the journal and by the payment.</summary>
    public static string KeyOf(PaymentEvent @event) => @event switch
    {
        AttemptStarted e => Key("started", e.No),
        AttemptUnresolved e => Key("told", e.No),
        AttemptClaimed e => Key("told", e.No),
        AttemptEnded e => Key("ended", e.No),
        CaseOpened e => Key($"{e.Reason} {e.At.ToStored()}", e.AttemptNo),
        DecisionProposed e => Key("proposed", e.No),
        DecisionApproved e => Key("settled", e.No),
        DecisionRejected e => Key("settled", e.No),
        DecisionExpired e => Key("settled", e.No),
        PaymentAccepted or PaymentSucceeded or PaymentFailed or PaymentClosed or PaymentSuspended or PaymentRecalled
            or AttemptStillUnknown => @event.GetType().Name,
        _ => throw new UnreachableException(),
    };

    private static string Key(string what, int no) => string.Create(CultureInfo.InvariantCulture, $"{what} {no}");

    /// <summary>The moment of a first report is not kept; it came after the attempt's start.</summary>
    private static IEnumerable<PaymentEvent> Of(Attempt attempt)
    {
        yield return new AttemptStarted(attempt.StartedAt, attempt.No, attempt.Channel, attempt.SendBefore, attempt.Reasons)
        {
            Target = attempt.Target,
        };
        if (attempt.First is { } first)
        {
            yield return new AttemptUnresolved(attempt.StartedAt, attempt.No, first);
        }

        if (attempt is { EndedAt: { } endedAt, DecidedBy: null })
        {
            yield return new AttemptEnded(endedAt, attempt.No, attempt.Outcome);
        }
    }

    private static IEnumerable<PaymentEvent> Of(Proposal made)
    {
        yield return new DecisionProposed(
            made.At, made.No, made.Outcome, made.AttemptNo, made.By, made.Reason, made.Evidence, made.ExpiresAt, made.Digest,
            made.Bulk);
        if (made.Settled is { } settled)
        {
            yield return (made.State, settled.By) switch
            {
                (ProposalState.Approved, { } by) => new DecisionApproved(settled.At, made.No, by, settled.Reason),
                (ProposalState.Rejected, { } by) => new DecisionRejected(settled.At, made.No, by, settled.Reason ?? ""),
                _ => new DecisionExpired(settled.At, made.No),
            };
        }
    }

    private static IEnumerable<PaymentEvent> EndOf(Payment payment) => payment.State switch
    {
        PaymentState.Succeeded => [new PaymentSucceeded(payment.UpdatedAt)],
        PaymentState.Failed => payment.Failure is { } failure ? [new PaymentFailed(payment.UpdatedAt, failure)] : [],
        PaymentState.Closed => [new PaymentClosed(payment.UpdatedAt)],
        PaymentState.Suspended => [new PaymentSuspended(payment.UpdatedAt)],
        PaymentState.Accepted or PaymentState.Processing or PaymentState.ActionRequired or PaymentState.Returned => [],
    };
}
