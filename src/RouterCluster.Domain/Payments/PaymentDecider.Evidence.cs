using System.Collections.Immutable;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <remarks>
/// This file: what evidence does. Evidence that does not contradict gives the same end in any order and any number;
/// what contradicts goes to people.
/// </remarks>
public static partial class PaymentDecider
{
    /// <summary>A company that makes up references without end must not fill a payment with cases.</summary>
    private const int MostSecondSuccesses = 10;

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
        if (attempt.State != AttemptState.Processing)
        {
            return LateTruth(payment, attempt, record);
        }

        if (record.Elsewhere is not null && outcome.SaysAbsent())
        {
            return AbsentElsewhere(payment, attempt, record);
        }

        if (record.ByNotice && IsClaim(payment, outcome))
        {
            return Claim(payment, attempt, record);
        }

        if (payment.IsFinal)
        {
            return DecidedPast(attempt, record);
        }

        if (Contradicts(attempt.Claim, outcome) && !Contested(payment))
        {
            return Dispute(payment, attempt, record);
        }

        if (outcome.IsSuccess())
        {
            return Success(payment, attempt, record);
        }

        if (outcome.Class == OutcomeClass.NotFound)
        {
            return Absence(rules, payment, attempt, record);
        }

        return outcome.IsDefiniteFailure() ? Failure(rules, payment, attempt, record) : News(attempt, record);
    }

    private static PaymentDecision Success(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var second = SecondSuccess(payment, attempt, record) is { Events: [CaseOpened opened, ..] } ? opened : null;
        var ended = new AttemptEnded(record.At, attempt.No, record.Outcome);
        ImmutableArray<PaymentEvent> events = Contested(payment) ? [ended] : [ended, new PaymentSucceeded(record.At)];
        return PaymentDecision.Of(second is null ? events : [second, .. events]);
    }

    /// <summary>
    /// One order is paid once. Success of it under another reference of the channel's own is told of a second debit, which
    /// nobody but people can take back.
    /// </summary>
    private static PaymentDecision SecondSuccess(Payment payment, Attempt attempt, RecordOutcome record)
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
        });
    }

    /// <summary>
    /// The first success that the channel has told of the attempt under a reference; null when there is none, or one of them
    /// came under this very reference.
    /// </summary>
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

    private static PaymentDecision Absence(PaymentRules rules, Payment payment, Attempt attempt, RecordOutcome record)
    {
        if (!record.NotFoundIsFinal)
        {
            return PaymentDecision.NothingNew;
        }

        return NotFoundEnds(payment)
            ? Failure(rules, payment, attempt, record with { Outcome = record.Outcome.AsFinal() })
            : OpenCase(payment, attempt, record, Unfound(payment), Evidence(attempt, record.Outcome));
    }

    /// <summary>
    /// Another account says that it has no such order: true, and no word of the account that got it. When that one's own
    /// "not found" would have been believed, people look at it.
    /// </summary>
    private static PaymentDecision AbsentElsewhere(Payment payment, Attempt attempt, RecordOutcome record) =>
        payment.IsFinal || (record.Outcome.Class == OutcomeClass.NotFound && !record.NotFoundIsFinal)
            ? PaymentDecision.NothingNew
            : OpenCase(
                payment, attempt, record, CaseReason.NotFoundElsewhere,
                $"{Evidence(attempt, record.Outcome)}; asked was {record.Elsewhere}, and it was sent to {attempt.Target}");

    private static CaseReason Unfound(Payment payment) =>
        payment.Content.Product == Product.Payout ? CaseReason.PayoutNotFound : CaseReason.LandedNotFound;

    private static PaymentDecision Claim(Payment payment, Attempt attempt, RecordOutcome record)
    {
        if (Contradicts(attempt.Claim, record.Outcome))
        {
            return Contradiction(payment, attempt, record);
        }

        if (attempt.Claim is null)
        {
            return PaymentDecision.Of(new AttemptClaimed(record.At, attempt.No, record.Outcome));
        }

        return record.Outcome.IsSuccess() ? SecondSuccess(payment, attempt, record) : PaymentDecision.NothingNew;
    }

    private static PaymentDecision Contradiction(Payment payment, Attempt attempt, RecordOutcome record) => OpenCase(
        payment, attempt, record, CaseReason.NoticeContradicted, EvidenceAgainst(attempt, record.Outcome), attempt.Claim);

    /// <summary>The query says the opposite of the notice: both are the channel's word, so neither ends the payment.</summary>
    private static PaymentDecision Dispute(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var opened = Contradiction(payment, attempt, record);
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
            (AttemptState.Succeeded, var told) when IsFailure(told) => CaseReason.LateFailure,
            _ => null,
        };
        return reason is { } found
            ? OpenCase(payment, attempt, record, found, Evidence(attempt, record.Outcome))
            : PaymentDecision.NothingNew;
    }

    /// <summary>
    /// Two people have ended the payment and had this very word of the channel before them: said once more, it is no reason
    /// to ask them again. To go on asking is no end. A channel that returns to its first word after it has taken it back has
    /// changed its mind once more, and that is news once.
    /// </summary>
    private static bool IsRuledUpon(Payment payment, Attempt attempt, Outcome told) =>
        (attempt.DecidedBy is not null && IsSameWord(attempt.Outcome, told) && !HasTakenBack(payment, attempt))
        || payment.Cases.Any(known => known.AttemptNo == attempt.No && IsEnded(payment, known)
            && (IsSameWord(known.Told, told) || IsSameWord(known.Against, told)));

    private static bool HasTakenBack(Payment payment, Attempt attempt) => payment.Cases.Any(known =>
        known.Reason is CaseReason.LateSuccess or CaseReason.LateFailure && known.AttemptNo == attempt.No
        && !IsSameWord(known.Told, attempt.Outcome));

    private static bool IsEnded(Payment payment, PaymentCase known) => known.DecidedBy is { } no
        && payment.Proposals.FirstOrDefault(proposal => proposal.No == no) is { Outcome: not ProposedOutcome.KeepAsking };

    private static bool IsSameWord(Outcome? known, Outcome told) => known is not null
        && (known.Class, known.Code) == (told.Class, told.Code)
        && (known.ChannelOrderNo is null || told.ChannelOrderNo is null || known.ChannelOrderNo == told.ChannelOrderNo);

    /// <summary>
    /// People ended the payment by another attempt's success: this one's end changes nothing, and its success is one too many.
    /// </summary>
    private static PaymentDecision DecidedPast(Attempt attempt, RecordOutcome record)
    {
        var (ended, told) = (new AttemptEnded(record.At, attempt.No, record.Outcome), record.Outcome);
        if (told.IsSuccess())
        {
            return PaymentDecision.Of(
                ended,
                new CaseOpened(record.At, CaseReason.SecondSuccess, attempt.No, Evidence(attempt, told)) { Told = told });
        }

        if (IsFailure(told))
        {
            return PaymentDecision.Of(ended);
        }

        return told.Class == OutcomeClass.NotFound && record.NotFoundIsFinal
            ? PaymentDecision.Of(ended with { Outcome = told.AsFinal() })
            : PaymentDecision.NothingNew;
    }

    private static PaymentDecision Suspend(Payment payment, SuspendUnknown suspend) =>
        payment is { State: PaymentState.Processing, OpenAttempt: { } attempt } && attempt.No == suspend.AttemptNo
            ? OpenCase(payment, new CaseOpened(
                suspend.At, CaseReason.UnknownTooLong, attempt.No,
                $"{attempt.Channel} answers, and has not said how {attempt.OrderNo} of {attempt.StartedAt:u} ended"))
            : PaymentDecision.NothingNew;

    private static PaymentDecision OpenCase(
        Payment payment, Attempt attempt, RecordOutcome record, CaseReason reason, string evidence, Outcome? against = null) =>
        OpenCase(payment, new CaseOpened(record.At, reason, attempt.No, evidence) { Told = record.Outcome, Against = against });

    /// <summary>One open case for each reason and attempt.</summary>
    private static PaymentDecision OpenCase(Payment payment, CaseOpened opened) =>
        payment.OpenCases.Any(known => known.Reason == opened.Reason && known.AttemptNo == opened.AttemptNo)
            ? PaymentDecision.NothingNew
            : Opened(payment, opened);

    /// <summary>A payment that has ended stays, another is suspended.</summary>
    private static PaymentDecision Opened(Payment payment, CaseOpened opened) =>
        payment.IsFinal || payment.State == PaymentState.Suspended
            ? PaymentDecision.Of(opened)
            : PaymentDecision.Of(opened, new PaymentSuspended(opened.At));

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
