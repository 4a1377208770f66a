using System.Collections.Immutable;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    private readonly PriorityQueue<PaymentId, DateTimeOffset> _expiries = new();

    /// <summary>What people ask of a payment. One that has left memory is ended and has no open case.</summary>
    public void Decide(DecisionRequest request, BookTime time)
    {
        var now = Clamp(time);
        if (!_entries.TryGetValue(request.Id, out var entry))
        {
            Answer(request.Caller, _forgotten.MayContain(request.Id)
                ? new BookAnswer.Refused(PaymentRefusal.NothingToDecide)
                : NotStored(request.Id));
            return;
        }

        var command = request.Command with { At = now.Utc };
        if (PaymentLaw.Decide(_rules.Payments, entry.Payment, command).Refusal is { } refusal)
        {
            Answer(request.Caller, new BookAnswer.Refused(refusal));
            return;
        }

        var (before, open) = (entry.Payment, entry.Payment.OpenAttempt);
        var isStored = Carry(entry, request.Id, command, now, out _);
        if (open is not null && entry.Payment.OpenAttempt is null)
        {
            Settle(entry, open.Channel);
        }

        Answer(request.Caller, isStored
            ? new BookAnswer.Stored(entry.Payment, IsNew: !ReferenceEquals(before, entry.Payment))
            : new BookAnswer.OutOfReach());
    }

    /// <summary>What decisions entail beside the payment's new state.</summary>
    private void FollowDecisions(BookEntry entry, ImmutableArray<PaymentEvent> events, BookTime now)
    {
        foreach (var @event in events)
        {
            if (@event is DecisionProposed proposed)
            {
                _expiries.Enqueue(entry.Payment.Id, proposed.ExpiresAt);
            }
            else if (@event is DecisionApproved && entry.Payment is { State: PaymentState.Processing, OpenAttempt: { } attempt })
            {
                entry.Plan = new QueryPlan(
                    _rules.QueryPolicyOf(attempt.Channel), now.Utc, now.Monotonic, now.Monotonic);
                entry.Plan.Begin(now.Monotonic);
                _agenda.Schedule(attempt.Channel, entry.Payment.Id, attempt.No, entry.Plan.DueAt);
            }
            else if (@event is DecisionApproved && entry.Payment.State == PaymentState.Accepted)
            {
                Hold(entry, now.Monotonic);
            }
        }
    }

    private void WatchExpiries(Payment payment)
    {
        foreach (var proposal in payment.Proposals)
        {
            if (proposal.IsPending)
            {
                _expiries.Enqueue(payment.Id, proposal.ExpiresAt);
            }
        }
    }

    private void ExpireProposals(BookTime now)
    {
        while (_expiries.TryPeek(out var id, out var expiresAt) && expiresAt <= now.Utc)
        {
            _expiries.Dequeue();
            if (_entries.TryGetValue(id, out var entry))
            {
                Carry(entry, id, new ExpireDecisions(now.Utc), now, out _);
            }
        }
    }

    /// <summary>Nothing about it is waited for: neither people nor a channel.</summary>
    private static bool MayLeave(Payment payment) =>
        payment is { IsFinal: true, NeedsDecision: false, OpenAttempt: null } && !payment.Proposals.Any(known => known.IsPending);

    /// <summary>"Not found" counts since the order left, or since people sent the payment back to be asked about.</summary>
    private static DateTimeOffset SilenceCountsFrom(Payment payment, Attempt attempt) =>
        payment.AskedAnewAt is { } anew && anew > attempt.SendBefore ? anew : attempt.SendBefore;
}
