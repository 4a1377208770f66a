using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Payments;

/// <remarks>
/// This file: what evidence does. Evidence that does not contradict gives the same end in any order and any number;
/// what contradicts goes to people.
/// </remarks>
public static partial class PaymentDecider
{
    /// <summary>
    /// Whether a final "not found" ends the open attempt. Of a payout, or against the channel's own word that it holds the
    /// order, it proves nothing: people decide.
    /// </summary>
    public static bool NotFoundEnds(Payment payment) =>
        payment.Content.Product != Product.Payout && payment.OpenAttempt is not { Outcome.Landing: Landing.Landed };

    /// <summary>A "not found" that is final says: the order did not land.</summary>
    public static Outcome AsFinal(this Outcome notFound) => notFound with { Landing = Landing.NotLanded };

    /// <summary>Money sent out does not come back: a payout's notice is believed when a query says so too.</summary>
    public static bool IsClaim(Payment payment, Outcome noticed) =>
        payment.Content.Product == Product.Payout && (noticed.IsSuccess() || IsFailure(noticed));

    private static PaymentDecision Record(PaymentRules rules, Payment payment, RecordOutcome record)
    {
        var attempt = payment.Attempt(record.AttemptNo);
        if (attempt is null)
        {
            return PaymentDecision.Refuse(PaymentRefusal.NoSuchAttempt);
        }

        var outcome = record.Outcome;
        return attempt.State != AttemptState.Processing ? LateTruth(payment, attempt, record)
            : record.ByNotice && IsClaim(payment, outcome) ? Claim(payment, attempt, record)
            : payment.IsFinal ? DecidedPast(attempt, record)
            : Contradicts(attempt.Claim, outcome) && !Contested(payment) ? Dispute(payment, attempt, record)
            : outcome.IsSuccess() ? Success(payment, attempt, record)
            : outcome.Class == OutcomeClass.NotFound ? Absence(rules, payment, attempt, record)
            : outcome.IsDefiniteFailure() ? Failure(rules, payment, attempt, record)
            : News(attempt, record);
    }

    private static PaymentDecision Success(Payment payment, Attempt attempt, RecordOutcome record) => Contested(payment)
        ? PaymentDecision.Of(new AttemptEnded(record.At, attempt.No, record.Outcome))
        : PaymentDecision.Of(new AttemptEnded(record.At, attempt.No, record.Outcome), new PaymentSucceeded(record.At));

    private static PaymentDecision Absence(PaymentRules rules, Payment payment, Attempt attempt, RecordOutcome record) =>
        !record.NotFoundIsFinal ? PaymentDecision.NothingNew
        : NotFoundEnds(payment) ? Failure(rules, payment, attempt, record with { Outcome = record.Outcome.AsFinal() })
        : OpenCase(payment, attempt, record.At, Unfound(payment), Evidence(attempt, record.Outcome));

    private static CaseReason Unfound(Payment payment) =>
        payment.Content.Product == Product.Payout ? CaseReason.PayoutNotFound : CaseReason.LandedNotFound;

    private static PaymentDecision Claim(Payment payment, Attempt attempt, RecordOutcome record) =>
        Contradicts(attempt.Claim, record.Outcome) ? OpenCase(
            payment, attempt, record.At, CaseReason.NoticeContradicted, EvidenceAgainst(attempt, record.Outcome))
        : attempt.Claim is null ? PaymentDecision.Of(new AttemptClaimed(record.At, attempt.No, record.Outcome))
        : PaymentDecision.NothingNew;

    /// <summary>The query says the opposite of the notice: both are the channel's word, so neither ends the payment.</summary>
    private static PaymentDecision Dispute(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var opened = OpenCase(
            payment, attempt, record.At, CaseReason.NoticeContradicted, EvidenceAgainst(attempt, record.Outcome));
        return PaymentDecision.Of([.. opened.Events, new AttemptEnded(record.At, attempt.No, record.Outcome)]);
    }

    private static PaymentDecision News(Attempt attempt, RecordOutcome record)
    {
        var known = attempt.Outcome;
        var told = record.Outcome;
        var isNews = (told.Class, told.Code) != (known.Class, known.Code)
            || (told.ChannelOrderNo is not null && told.ChannelOrderNo != known.ChannelOrderNo);
        return isNews ? PaymentDecision.Of(new AttemptUnresolved(record.At, attempt.No, told)) : PaymentDecision.NothingNew;
    }

    /// <summary>Evidence about an attempt that has ended. What agrees is no news; the rest is for people to look at.</summary>
    private static PaymentDecision LateTruth(Payment payment, Attempt attempt, RecordOutcome record)
    {
        CaseReason? reason = (attempt.State, record.Outcome) switch
        {
            (AttemptState.Failed, var told) when told.IsSuccess() => CaseReason.LateSuccess,
            (AttemptState.Succeeded, var told) when IsFailure(told) => CaseReason.LateFailure,
            _ => null,
        };
        return reason is { } found
            ? OpenCase(payment, attempt, record.At, found, Evidence(attempt, record.Outcome))
            : PaymentDecision.NothingNew;
    }

    /// <summary>
    /// People ended the payment by another attempt's success: this one's end changes nothing, and its success is one too many.
    /// </summary>
    private static PaymentDecision DecidedPast(Attempt attempt, RecordOutcome record)
    {
        var (ended, told) = (new AttemptEnded(record.At, attempt.No, record.Outcome), record.Outcome);
        return told.IsSuccess() ? PaymentDecision.Of(
                ended, new CaseOpened(record.At, CaseReason.SecondSuccess, attempt.No, Evidence(attempt, told)))
            : IsFailure(told) ? PaymentDecision.Of(ended)
            : told.Class == OutcomeClass.NotFound && record.NotFoundIsFinal
            ? PaymentDecision.Of(ended with { Outcome = told.AsFinal() })
            : PaymentDecision.NothingNew;
    }

    private static PaymentDecision Suspend(Payment payment, SuspendUnknown suspend) =>
        payment is { State: PaymentState.Processing, OpenAttempt: { } attempt } && attempt.No == suspend.AttemptNo
            ? OpenCase(
                payment, attempt, suspend.At, CaseReason.UnknownTooLong,
                $"{attempt.Channel} answers, and has not said how {attempt.OrderNo} of {attempt.StartedAt:u} ended")
            : PaymentDecision.NothingNew;

    /// <summary>One open case for each reason and attempt. A payment that has ended stays, another is suspended.</summary>
    private static PaymentDecision OpenCase(
        Payment payment, Attempt attempt, DateTimeOffset at, CaseReason reason, string evidence)
    {
        if (payment.OpenCases.Any(known => known.Reason == reason && known.AttemptNo == attempt.No))
        {
            return PaymentDecision.NothingNew;
        }

        var opened = new CaseOpened(at, reason, attempt.No, evidence);
        return payment.IsFinal || payment.State == PaymentState.Suspended
            ? PaymentDecision.Of(opened)
            : PaymentDecision.Of(opened, new PaymentSuspended(at));
    }

    private static string Evidence(Attempt attempt, Outcome outcome) =>
        $"{attempt.Channel} said {outcome.Class.Name()} (code {outcome.Code}) of {attempt.OrderNo}";

    private static string EvidenceAgainst(Attempt attempt, Outcome outcome) =>
        $"{Evidence(attempt, outcome)}, and by notice {attempt.Claim?.Class.Name()} (code {attempt.Claim?.Code})";

    private static bool Contradicts(Outcome? claim, Outcome told) => claim is not null
        && ((claim.IsSuccess() && IsFailure(told)) || (!claim.IsSuccess() && told.IsSuccess()));

    /// <summary>"Not found" is absence of evidence, and contradicts nothing.</summary>
    private static bool IsFailure(Outcome told) => told.Class != OutcomeClass.NotFound && told.IsDefiniteFailure();

    /// <summary>Contradicting evidence is with people: what else arrives is noted, and ends nothing.</summary>
    private static bool Contested(Payment payment) => payment.OpenCases.Any(known =>
        known.Reason is CaseReason.LateSuccess or CaseReason.LateFailure or CaseReason.NoticeContradicted);
}
