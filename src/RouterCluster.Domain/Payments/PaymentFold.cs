using System.Diagnostics;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Payments;

/// <summary>How events change a payment. Holds no business check: an event that does not fit is a bug, and throws.</summary>
public static class PaymentFold
{
    /// <remarks>Law 3.1.</remarks>
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
    /// A payment that leaves a state that is told keeps its count, also if it was stored before changes were counted: no
    /// later change may have the number of an earlier one.
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

    /// <summary>A claim is no end, but tells that the channel holds the order, and under which reference.</summary>
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
    /// Keeps the known reference, and the known landing if none is reported. The first report is kept beside it, so that
    /// people see where the attempt went wrong.
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
