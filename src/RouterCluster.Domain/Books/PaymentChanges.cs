using System.Collections.Immutable;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

internal sealed class PaymentChanges(
    BookRules rules, CommitQueue commits, BookMemory memory, AttemptPlans plans, PendingRoutes routes, HeldPayments held)
{
    public ProposalExpiries Expiries { get; } = new();

    public bool TryMake(BookEntry entry, PaymentCommand command, BookTime now) =>
        TryMake(entry, entry.Payment.Id, command, now, out _);

    /// <param name="forgotten">Set where it has left memory: its change stores it whole again.</param>
    public bool TryMake(
        BookEntry? entry, PaymentId id, PaymentCommand command, BookTime now, out BookEntry? changed, Payment? forgotten = null)
    {
        changed = entry;
        var decision = PaymentLaw.Decide(rules.Payments, entry?.Payment ?? forgotten, command);
        if (decision.Refusal is not null)
        {
            return false;
        }

        if (decision.Events.IsEmpty)
        {
            return true;
        }

        // The snapshot of an owner that was replaced may lack an ended payment, so its change stores it whole again.
        var ended = forgotten ?? (command is RecordOutcome && entry is { Payment.IsFinal: true } ? entry.Payment : null);
        var events =
            ended is null ? decision.Events : [new PaymentRecalled(command.At, ended), .. decision.Events];
        if (!commits.TryEncode(id, events))
        {
            return false;
        }

        var payment = entry?.Payment;
        foreach (var @event in events)
        {
            payment = PaymentLaw.Apply(payment, id, @event);
            commits.Changed(payment, @event);
        }

        memory.Untold.Add(entry?.Payment ?? forgotten, payment!, commits.CollectingInto);
        changed = memory.Keep(entry, payment!, commits.CollectingInto);
        SetOff(changed, events, now);
        return true;
    }

    private void SetOff(BookEntry entry, ImmutableArray<PaymentEvent> events, BookTime now)
    {
        var payment = entry.Payment;
        foreach (var @event in events)
        {
            if (@event is AttemptEnded ended)
            {
                // The end may have come by query or notice, and the answer to the submit may never come.
                routes.Release(entry, payment.Attempts[ended.No - 1].Channel);
                if (ended.Outcome.Landing != Landing.NotSent)
                {
                    entry.Hold = null;
                }
            }
        }

        if (payment.OpenAttempt is not { } open)
        {
            plans.Close(entry);
        }
        else if (Has<AttemptStarted>(events))
        {
            plans.Send(entry, open, now);
        }
        else if (entry.Plan is { } asked && Has<AttemptClaimed>(events))
        {
            plans.Confirm(entry, open, asked, now);
        }

        SetOffByPeople(entry, events, now);
        if (payment.IsFinal || payment.State == PaymentState.Suspended)
        {
            entry.Hold = null;
            foreach (var (caller, _) in entry.TakeWaiting())
            {
                commits.Answer(caller, new BookAnswer.Stored(entry.Payment, IsNew: false));
            }
        }
    }

    private void SetOffByPeople(BookEntry entry, ImmutableArray<PaymentEvent> events, BookTime now)
    {
        foreach (var @event in events)
        {
            if (@event is DecisionProposed proposed)
            {
                Expiries.Add(entry.Payment.Id, proposed.ExpiresAt);
            }
            else if (@event is DecisionApproved && entry.Payment is { State: PaymentState.Processing, OpenAttempt: { } attempt })
            {
                plans.AskAnew(entry, attempt, now);
            }
            else if (@event is DecisionApproved && entry.Payment.State == PaymentState.Accepted)
            {
                held.Add(entry, now.Monotonic);
            }
        }
    }

    private static bool Has<TEvent>(ImmutableArray<PaymentEvent> events)
    {
        foreach (var @event in events)
        {
            if (@event is TEvent)
            {
                return true;
            }
        }

        return false;
    }
}
