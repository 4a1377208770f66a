using System.Collections.Immutable;
using System.Diagnostics;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

/// <summary>
/// At most one attempt is anything but definitely failed. Another channel is tried only after a definite failure that is
/// not the customer's. An attempt without a definite outcome stays open.
/// </summary>
public static class PaymentDecider
{
    /// <summary>Attempt numbers have two digits at the channel.</summary>
    internal const int AttemptNumbers = 99;

    public static PaymentDecision Decide(PaymentRules rules, Payment? state, PaymentCommand command) => (state, command) switch
    {
        (null, AcceptPayment accept) => Accept(accept),
        (null, _) => PaymentDecision.Refuse(PaymentRefusal.NoSuchPayment),
        (_, AcceptPayment again) => again.Content.Fingerprint == state.Content.Fingerprint
            ? PaymentDecision.NothingNew
            : PaymentDecision.Refuse(PaymentRefusal.OtherContent),
        (_, RecordOutcome record) => Record(rules, state, record),
        (_, StartAttempt start) => Start(rules, state, start),
        (_, EndWithoutChannel end) => End(state, end),
        (_, CancelPayment cancel) => Cancel(state, cancel),
        (_, SuspendUnknown suspend) => EvidenceCases.Suspend(state, suspend),
        (_, CountUnknown count) => state.OpenAttempt?.No == count.AttemptNo
            ? PaymentDecision.Of(new AttemptStillUnknown(
                count.At, count.AttemptNo, TimeSpan.FromSeconds(Math.Floor(count.For.TotalSeconds))))
            : PaymentDecision.NothingNew,
        _ => throw new UnreachableException(),
    };

    public static bool WantsAnotherChannel(PaymentRules rules, Payment payment, Outcome outcome, DateTimeOffset at) =>
        outcome.MayTryAnotherChannel()
        && payment.State is PaymentState.Processing or PaymentState.Accepted
        && !(payment.OpenAttempt is { } open && Contradicts(open.Claim, outcome))
        && MayStartMore(rules, payment, at, outcome) is null;

    /// <remarks>Law 1.10.</remarks>
    private static PaymentDecision Accept(AcceptPayment accept)
    {
        var accepted = new PaymentAccepted(accept.At, accept.Content, accept.ExpiresAt);
        return accept.DuplicateOf is { } earlier
            ? PaymentDecision.Of(
                accepted,
                new CaseOpened(accept.At, CaseReason.Duplicate, 0, $"the same account and amount as {earlier}"),
                new PaymentSuspended(accept.At))
            : PaymentDecision.Of(accepted, AsEvent(accept.At, 1, accept.First));
    }

    /// <remarks>Law 1.4, 1.10, 1.13.</remarks>
    private static PaymentDecision Start(PaymentRules rules, Payment payment, StartAttempt start)
    {
        if (payment.OpenAttempt is not null)
        {
            return PaymentDecision.Refuse(PaymentRefusal.AttemptStillOpen);
        }

        if (payment.State != PaymentState.Accepted)
        {
            return PaymentDecision.Refuse(PaymentRefusal.PaymentEnded);
        }

        return MayStartMore(rules, payment, start.At, null) is { } refusal
            ? PaymentDecision.Refuse(refusal)
            : PaymentDecision.Of(AsEvent(start.At, payment.Attempts.Length + 1, start.Next));
    }

    /// <remarks>Law 3.2, 3.4.</remarks>
    private static PaymentDecision End(Payment payment, EndWithoutChannel end)
    {
        if (payment.OpenAttempt is not null)
        {
            return PaymentDecision.Refuse(PaymentRefusal.AttemptStillOpen);
        }

        if (payment.State != PaymentState.Accepted)
        {
            return PaymentDecision.NothingNew;
        }

        var last = payment.Attempts is [.., var attempt] ? attempt.Outcome : Outcome.None;
        return end.At >= payment.ExpiresAt && NothingWasSent(payment, null)
            ? PaymentDecision.Of(new PaymentClosed(end.At))
            : PaymentDecision.Of(new PaymentFailed(end.At, NoChannel(last)));
    }

    /// <summary>A success may have been reported of an order that its lane called unsent: people look at it first.</summary>
    /// <remarks>Law 3.4, 4.10.</remarks>
    private static PaymentDecision Cancel(Payment payment, CancelPayment cancel)
    {
        if (payment.State == PaymentState.Closed)
        {
            return PaymentDecision.NothingNew;
        }

        if (payment.IsFinal)
        {
            return PaymentDecision.Refuse(PaymentRefusal.PaymentEnded);
        }

        if (!NothingWasSent(payment, payment.OpenAttempt))
        {
            return PaymentDecision.Refuse(PaymentRefusal.WasSent);
        }

        return payment.OpenAttempt is not null || payment.Cases.Any(known => known.Reason != CaseReason.Duplicate)
            ? PaymentDecision.Refuse(PaymentRefusal.ResultUnknown)
            : PaymentDecision.Of(new PaymentClosed(cancel.At));
    }

    /// <remarks>Law 3.2, 3.3.</remarks>
    private static PaymentDecision Failure(PaymentRules rules, Payment payment, Attempt attempt, RecordOutcome record)
    {
        var ended = EndOf(attempt, record);
        if (Contested(payment))
        {
            return PaymentDecision.Of(ended);
        }

        if (WantsAnotherChannel(rules, payment, record.Outcome, record.At))
        {
            if (record.Next is { } next)
            {
                return PaymentDecision.Of(ended, AsEvent(record.At, payment.Attempts.Length + 1, next));
            }

            if (record.Hold)
            {
                return PaymentDecision.Of(ended);
            }
        }

        var nothingWasSent = record.Outcome.Landing == Landing.NotSent && NothingWasSent(payment, attempt);
        if (nothingWasSent && record.At >= payment.ExpiresAt && record.Outcome.MayTryAnotherChannel())
        {
            return PaymentDecision.Of(ended, new PaymentClosed(record.At));
        }

        var failure = record.Outcome.Landing == Landing.NotSent && record.Outcome.MayTryAnotherChannel()
            ? NoChannel(record.Outcome)
            : new PaymentFailure(record.Outcome.Class, record.Outcome.Code, attempt.Channel, record.Outcome.Message);
        return PaymentDecision.Of(ended, new PaymentFailed(record.At, failure));
    }

    /// <remarks>Law 1.6, 1.7.</remarks>
    private static PaymentRefusal? MayStartMore(PaymentRules rules, Payment payment, DateTimeOffset at, Outcome? ending)
    {
        if (payment.IsDecided)
        {
            return PaymentRefusal.PaymentEnded;
        }

        if (at >= payment.ExpiresAt)
        {
            return PaymentRefusal.Expired;
        }

        var reached = payment.Attempts.Count(attempt =>
            attempt.State != AttemptState.Processing && attempt.Outcome.Landing != Landing.NotSent);
        var withThisOne = ending is not null && ending.Landing != Landing.NotSent ? reached + 1 : reached;
        return withThisOne >= rules.MaxAttempts || payment.Attempts.Length >= AttemptNumbers
            ? PaymentRefusal.TooManyAttempts
            : null;
    }

    private static bool NothingWasSent(Payment payment, Attempt? but) =>
        payment.Attempts.All(attempt => attempt == but || attempt.Outcome.Landing == Landing.NotSent);

    private static PaymentFailure NoChannel(Outcome last) => new(OutcomeClass.NoChannel, last.Code, null, last.Message);

    private static AttemptStarted AsEvent(DateTimeOffset at, int no, NextAttempt next) =>
        new(at, no, next.Channel, next.SendBefore, next.Reasons) { Target = next.Target };

    /// <summary>For a payout, or after the channel has confirmed that it holds the order, "not found" proves nothing.</summary>
    /// <remarks>Law 2.4.</remarks>
    public static bool NotFoundEnds(Payment payment) =>
        payment.Content.Product != Product.Payout && payment.OpenAttempt is not { Outcome.Landing: Landing.Landed };

    public static Outcome AsFinal(this Outcome notFound) => notFound with { Landing = Landing.NotLanded };

    /// <summary>Money sent out does not come back: a payout's notice is believed only when a query confirms it.</summary>
    /// <remarks>Law 2.3.</remarks>
    public static bool IsClaim(Payment payment, Outcome noticed) =>
        payment.Content.Product == Product.Payout && (noticed.IsSuccess() || noticed.IsReportedFailure());

    /// <remarks>Law 2.1, 2.2.</remarks>
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
            return EvidenceCases.LateTruth(payment, attempt, record);
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

        if (Contradicts(attempt.Claim, outcome))
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
        var second = EvidenceCases.SecondSuccess(payment, attempt, record) is { Events: [CaseOpened opened, ..] } ? opened : null;
        var ended = EndOf(attempt, record);
        ImmutableArray<PaymentEvent> events = Contested(payment) ? [ended] : [ended, new PaymentSucceeded(record.At)];
        return PaymentDecision.Of(second is null ? events : [second, .. events]);
    }

    private static PaymentDecision Absence(PaymentRules rules, Payment payment, Attempt attempt, RecordOutcome record)
    {
        if (!record.NotFoundIsFinal)
        {
            return PaymentDecision.NothingNew;
        }

        return NotFoundEnds(payment)
            ? Failure(rules, payment, attempt, record with { Outcome = record.Outcome.AsFinal() })
            : EvidenceCases.Unfound(payment, attempt, record);
    }

    /// <summary>Another account than the one that got the order has no such order: that is true, and no evidence.</summary>
    private static PaymentDecision AbsentElsewhere(Payment payment, Attempt attempt, RecordOutcome record) =>
        payment.IsFinal || (record.Outcome.Class == OutcomeClass.NotFound && !record.NotFoundIsFinal)
            ? PaymentDecision.NothingNew
            : EvidenceCases.UnfoundElsewhere(payment, attempt, record);

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

        return record.Outcome.IsSuccess() ? EvidenceCases.SecondSuccess(payment, attempt, record) : PaymentDecision.NothingNew;
    }

    /// <summary>Query and notice contradict each other and both are the channel's, so neither ends the payment.</summary>
    private static PaymentDecision Dispute(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var opened = Contradiction(payment, attempt, record);
        return PaymentDecision.Of([.. opened.Events, EndOf(attempt, record)]);
    }

    /// <summary>The case is one, however often it is told; a success under one more reference is another debit.</summary>
    private static PaymentDecision Contradiction(Payment payment, Attempt attempt, RecordOutcome record)
    {
        var opened = EvidenceCases.Contradiction(payment, attempt, record);
        return opened.Events.Length == 0 && record.Outcome.IsSuccess()
            ? EvidenceCases.SecondSuccess(payment, attempt, record)
            : opened;
    }

    private static PaymentDecision News(Attempt attempt, RecordOutcome record)
    {
        var known = attempt.Outcome;
        var told = record.Outcome;
        var isNews = (told.Class, told.Code) != (known.Class, known.Code)
            || (told.ChannelOrderNo is not null && told.ChannelOrderNo != known.ChannelOrderNo);
        return isNews
            ? PaymentDecision.Of(new AttemptUnresolved(record.At, attempt.No, told) { Source = record.Source })
            : PaymentDecision.NothingNew;
    }

    /// <summary>People have ended the payment by another attempt: a success of this one is one too many.</summary>
    private static PaymentDecision DecidedPast(Attempt attempt, RecordOutcome record)
    {
        var (ended, told) = (EndOf(attempt, record), record.Outcome);
        if (told.IsSuccess())
        {
            return PaymentDecision.Of(ended, EvidenceCases.SuccessAfterRuling(attempt, record));
        }

        if (told.IsReportedFailure())
        {
            return PaymentDecision.Of(ended);
        }

        return told.Class == OutcomeClass.NotFound && record.NotFoundIsFinal
            ? PaymentDecision.Of(ended with { Outcome = told.AsFinal() })
            : PaymentDecision.NothingNew;
    }

    private static AttemptEnded EndOf(Attempt attempt, RecordOutcome record) =>
        new(record.At, attempt.No, record.Outcome) { Source = record.Source };

    private static bool Contradicts(Outcome? claim, Outcome told) => claim is not null
        && ((claim.IsSuccess() && told.IsReportedFailure()) || (!claim.IsSuccess() && told.IsSuccess()));

    /// <summary>People must resolve contradicting evidence: further reports are stored, and end nothing.</summary>
    /// <remarks>Law 3.8.</remarks>
    private static bool Contested(Payment payment) => payment.OpenCases.Any(known =>
        known.Reason is CaseReason.LateSuccess or CaseReason.LateFailure or CaseReason.NoticeContradicted);
}
