using System.Diagnostics;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Payments;

/// <summary>
/// The law of the house. At most one attempt of a payment is anything but definitely failed; another channel is tried
/// only after a definite failure that is not the customer's; what is not definite stays open.
/// </summary>
public static partial class PaymentDecider
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
        (_, SuspendUnknown suspend) => Suspend(state, suspend),
        (_, CountUnknown count) => state.OpenAttempt?.No == count.AttemptNo
            ? PaymentDecision.Of(new AttemptStillUnknown(
                count.At, count.AttemptNo, TimeSpan.FromSeconds(Math.Floor(count.For.TotalSeconds))))
            : PaymentDecision.NothingNew,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether this end of an attempt lets the payment go on to another channel.</summary>
    public static bool WantsAnotherChannel(PaymentRules rules, Payment payment, Outcome outcome, DateTimeOffset at) =>
        outcome.MayTryAnotherChannel()
        && payment.State is PaymentState.Processing or PaymentState.Accepted
        && !(payment.OpenAttempt is { } open && Contradicts(open.Claim, outcome))
        && MayStartMore(rules, payment, at, outcome) is null;

    public static Payment Apply(Payment? state, PaymentId id, PaymentEvent @event) =>
        CountChange(state, ApplyEvent(state, id, @event));

    private static Payment ApplyEvent(Payment? state, PaymentId id, PaymentEvent @event) => (state, @event) switch
    {
        (null, PaymentAccepted e) =>
            new Payment(id, e.Content, PaymentState.Accepted, null, [], [], e.At, e.At, e.ExpiresAt),
        (_, PaymentRecalled e) => e.Payment,
        (null, _) or (_, PaymentAccepted) => throw Misfit(id, @event),
        (_, AttemptStarted e) => Started(state, e),
        (_, AttemptUnresolved e) => Unresolved(state, e),
        (_, AttemptClaimed e) => Claimed(state, e),
        (_, AttemptEnded e) => Ended(state, e),
        (_, PaymentSucceeded e) => state with { State = PaymentState.Succeeded, Failure = null, UpdatedAt = e.At },
        (_, PaymentFailed e) => state with { State = PaymentState.Failed, Failure = e.Failure, UpdatedAt = e.At },
        (_, PaymentClosed e) => state with { State = PaymentState.Closed, UpdatedAt = e.At },
        (_, PaymentSuspended e) => state with { State = PaymentState.Suspended, UpdatedAt = e.At },
        (_, CaseOpened e) => state with
        {
            Cases = state.Cases.Add(
                new PaymentCase(e.Reason, e.AttemptNo, e.Evidence, e.At) { Told = e.Told, Against = e.Against }),
            UpdatedAt = e.At,
        },
        (_, AttemptStillUnknown e) => With(state, Known(state, e.No) with { UnknownFor = e.For }, state.State, state.UpdatedAt),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// Counts what the merchant is to be told of. A payment that leaves such a state keeps the count, also one that was
    /// stored before changes were counted: no later change may have the number of an earlier one.
    /// </summary>
    internal static Payment CountChange(Payment? before, Payment after)
    {
        if (before is null || before.State == after.State)
        {
            return after;
        }

        var isTold = after.State.IsTold();
        return isTold || before.State.IsTold()
            ? after with { CountedChanges = before.LastChange + (isTold ? 1 : 0) }
            : after;
    }

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

    private static PaymentDecision Failure(PaymentRules rules, Payment payment, Attempt attempt, RecordOutcome record)
    {
        var ended = new AttemptEnded(record.At, attempt.No, record.Outcome);
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

    private static Payment Started(Payment payment, AttemptStarted e)
    {
        if (payment.OpenAttempt is not null || e.No != payment.Attempts.Length + 1)
        {
            throw Misfit(payment.Id, e);
        }

        var attempt = new Attempt(
            e.No, e.Channel, payment.Id.AttemptOrderNo(e.No), AttemptState.Processing, Outcome.None, e.At, null, e.SendBefore,
            e.Reasons)
        {
            Target = e.Target,
        };
        return payment with
        {
            State = PaymentState.Processing,
            Attempts = payment.Attempts.Add(attempt),
            UpdatedAt = e.At,
        };
    }

    private static Payment Unresolved(Payment payment, AttemptUnresolved e)
    {
        var attempt = Known(payment, e.No);
        return With(payment, Later(attempt, e.Outcome), payment.State, e.At);
    }

    /// <summary>A claim is no outcome; that the channel holds the order, and under which reference, is known.</summary>
    private static Payment Claimed(Payment payment, AttemptClaimed e)
    {
        var attempt = Known(payment, e.No);
        var outcome = attempt.Outcome with
        {
            ChannelOrderNo = attempt.Outcome.ChannelOrderNo ?? e.Outcome.ChannelOrderNo,
            Landing = e.Outcome.Landing == Landing.Landed ? Landing.Landed : attempt.Outcome.Landing,
        };
        return With(payment, attempt with { Claim = e.Outcome, Outcome = outcome }, payment.State, e.At);
    }

    private static Payment Ended(Payment payment, AttemptEnded e)
    {
        var attempt = Known(payment, e.No);
        if (attempt.State != AttemptState.Processing)
        {
            throw Misfit(payment.Id, e);
        }

        var ended = Later(attempt, e.Outcome) with
        {
            State = e.Outcome.IsSuccess() ? AttemptState.Succeeded : AttemptState.Failed,
            EndedAt = e.At,
            Claim = null,
        };
        var isFree = payment.State == PaymentState.Processing && ended.State == AttemptState.Failed;
        return With(payment, ended, isFree ? PaymentState.Accepted : payment.State, e.At);
    }

    /// <summary>
    /// Later news keeps what it does not speak of: the channel's reference, and whether it holds the order. What was told
    /// first is kept beside it, so that people see where the attempt went wrong.
    /// </summary>
    private static Attempt Later(Attempt attempt, Outcome told)
    {
        var known = attempt.Outcome;
        var outcome = told with
        {
            ChannelOrderNo = told.ChannelOrderNo ?? known.ChannelOrderNo,
            Landing = told.Landing == Landing.Maybe ? known.Landing : told.Landing,
        };
        var wasTold = (known.Class, known.Code) != (Outcome.None.Class, Outcome.None.Code);
        var first = attempt.First ?? (wasTold ? known with { Message = null, ChannelOrderNo = null } : null);
        var isOther = first is not null && (first.Class, first.Code) != (outcome.Class, outcome.Code);
        return attempt with { Outcome = outcome, First = isOther ? first : attempt.First };
    }

    private static Attempt Known(Payment payment, int no) =>
        payment.Attempt(no) ?? throw new InvalidOperationException($"{payment.Id} has no attempt {no}");

    private static Payment With(Payment payment, Attempt changed, PaymentState state, DateTimeOffset at) => payment with
    {
        Attempts = payment.Attempts.SetItem(changed.No - 1, changed),
        State = state,
        UpdatedAt = at,
    };

    private static InvalidOperationException Misfit(PaymentId id, PaymentEvent @event) =>
        new($"{@event.GetType().Name} does not fit what is known of {id}");
}
