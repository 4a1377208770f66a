using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

internal static class EvidenceCases
{
    /// <summary>A company that makes up references without end must not fill a payment with cases.</summary>
    private const int MostSecondSuccesses = 10;

    /// <summary>
    /// One order is paid once: success under another reference of the channel's is evidence of a second debit.
    /// </summary>
    /// <remarks>Law 2.6, 2.7.</remarks>
    public static PaymentDecision SecondSuccess(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var told = record.Outcome;
        if (told.ChannelOrderNo is not { } reference || FirstUnderAnother(reference, payment, attempt) is not { } first
            || payment.Cases.Count(open => open.Reason == CaseReason.SecondSuccess) >= MostSecondSuccesses)
        {
            return PaymentDecision.NothingNew;
        }

        var evidence = $"{Evidence(attempt, told)} under {reference}, after success under {first.ChannelOrderNo}";
        return Opened(payment, new CaseOpened(record.At, CaseReason.SecondSuccess, attempt.No, evidence)
        {
            Told = told,
            Against = first,
            Source = record.Source,
        });
    }

    /// <summary>Null if no success had a reference, or if one came under this very reference.</summary>
    private static Outcome? FirstUnderAnother(string reference, Payment payment, Attempt attempt)
    {
        Outcome? first = null;
        var isAnother = IsAnother(attempt.Outcome) && IsAnother(attempt.Claim);
        foreach (var known in payment.Cases)
        {
            isAnother &= known.AttemptNo != attempt.No || (IsAnother(known.Against) && IsAnother(known.Told));
        }

        return isAnother ? first : null;

        bool IsAnother(Outcome? told)
        {
            if (told?.ChannelOrderNo is null || !told.IsSuccess())
            {
                return true;
            }

            first ??= told;
            return told.ChannelOrderNo != reference;
        }
    }

    public static PaymentDecision Contradiction(Payment payment, Attempt attempt, RecordOutcome record) => OpenCase(
        payment, attempt, record, CaseReason.NoticeContradicted, EvidenceAgainst(attempt, record.Outcome), attempt.Claim);

    /// <summary>Evidence about an attempt that has ended: if it agrees it is no news, else people look at it.</summary>
    /// <remarks>Law 2.6, 2.7.</remarks>
    public static PaymentDecision LateTruth(Payment payment, Attempt attempt, RecordOutcome record)
    {
        if (IsRuledUpon(payment, attempt, record.Outcome))
        {
            return PaymentDecision.NothingNew;
        }

        if (record.Outcome.IsSuccess() && SecondSuccess(payment, attempt, record) is { Events.Length: > 0 } second)
        {
            return second;
        }

        CaseReason? reason = (attempt.State, record.Outcome) switch
        {
            (AttemptState.Failed, var told) when told.IsSuccess() => CaseReason.LateSuccess,
            (AttemptState.Succeeded, var told) when told.IsReportedFailure() => CaseReason.LateFailure,
            _ => null,
        };
        return reason is { } found
            ? OpenCase(payment, attempt, record, found, Evidence(attempt, record.Outcome))
            : PaymentDecision.NothingNew;
    }

    /// <summary>
    /// Two people have ended the payment and knew this very report: its repetition is no reason to ask them again. A ruling
    /// to go on asking is no end. A channel that takes its report back and then repeats it is news once.
    /// </summary>
    private static bool IsRuledUpon(Payment payment, Attempt attempt, Outcome told) =>
        (attempt.DecidedBy is not null && IsSameWord(attempt.Outcome, told) && !HasTakenBack(payment, attempt))
        || payment.Cases.Any(known => known.AttemptNo == attempt.No && IsEnded(payment, known)
            && (IsSameWord(known.Told, told) || IsSameWord(known.Against, told)));

    public static CaseOpened SuccessAfterRuling(Attempt attempt, RecordOutcome record) =>
        new(record.At, CaseReason.SecondSuccess, attempt.No, Evidence(attempt, record.Outcome))
        {
            Told = record.Outcome, Source = record.Source,
        };

    public static PaymentDecision Unfound(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var reason = payment.Content.Product == Product.Payout ? CaseReason.PayoutNotFound : CaseReason.LandedNotFound;
        return OpenCase(payment, attempt, record, reason, Evidence(attempt, record.Outcome));
    }

    public static PaymentDecision UnfoundElsewhere(Payment payment, Attempt attempt, RecordOutcome record) => OpenCase(
        payment, attempt, record, CaseReason.NotFoundElsewhere,
        $"{Evidence(attempt, record.Outcome)}; asked was {record.Elsewhere}, and it was sent to {attempt.Target}");

    private static bool HasTakenBack(Payment payment, Attempt attempt) => payment.Cases.Any(known =>
        known.Reason is CaseReason.LateSuccess or CaseReason.LateFailure && known.AttemptNo == attempt.No
        && !IsSameWord(known.Told, attempt.Outcome));

    private static bool IsEnded(Payment payment, PaymentCase known) => known.DecidedBy is { } no
        && payment.Proposals.FirstOrDefault(proposal => proposal.No == no) is { Outcome: not ProposedOutcome.KeepAsking };

    private static bool IsSameWord(Outcome? known, Outcome told) => known is not null
        && (known.Class, known.Code) == (told.Class, told.Code)
        && (known.ChannelOrderNo is null || told.ChannelOrderNo is null || known.ChannelOrderNo == told.ChannelOrderNo);

    public static PaymentDecision Suspend(Payment payment, SuspendUnknown suspend) =>
        payment is { State: PaymentState.Processing, OpenAttempt: { } attempt } && attempt.No == suspend.AttemptNo
            ? OpenCase(payment, new CaseOpened(
                suspend.At, CaseReason.UnknownTooLong, attempt.No,
                $"{attempt.Channel} answers, and has not said how {attempt.OrderNo} of {attempt.StartedAt:u} ended"))
            : PaymentDecision.NothingNew;

    private static PaymentDecision OpenCase(
        Payment payment, Attempt attempt, RecordOutcome record, CaseReason reason, string evidence, Outcome? against = null) =>
        OpenCase(payment, new CaseOpened(record.At, reason, attempt.No, evidence)
        {
            Told = record.Outcome, Against = against, Source = record.Source,
        });

    private static PaymentDecision OpenCase(Payment payment, CaseOpened opened) =>
        payment.OpenCases.Any(known => known.Reason == opened.Reason && known.AttemptNo == opened.AttemptNo)
            ? PaymentDecision.NothingNew
            : Opened(payment, opened);

    /// <remarks>Law 3.5, 3.9.</remarks>
    private static PaymentDecision Opened(Payment payment, CaseOpened opened) =>
        payment.IsFinal || payment.State == PaymentState.Suspended
            ? PaymentDecision.Of(opened)
            : PaymentDecision.Of(opened, new PaymentSuspended(opened.At));

    private static string Evidence(Attempt attempt, Outcome outcome) =>
        $"{attempt.Channel} said {outcome.Class.Name()} (code {outcome.Code}) of {attempt.OrderNo}";

    private static string EvidenceAgainst(Attempt attempt, Outcome outcome) =>
        $"{Evidence(attempt, outcome)}, and by notice {attempt.Claim?.Class.Name()} (code {attempt.Claim?.Code})";
}
