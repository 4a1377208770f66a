using System.Collections.Immutable;
using System.Diagnostics;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Cases;

/// <summary>
/// Two people decide where evidence cannot. Afterwards the payment sends nothing any more, unless it was released before
/// its first attempt, and evidence against the ruling opens a case.
/// </summary>
internal static class DecisionDecider
{
    public const int MaxPending = 10;
    public const int MaxProposals = 99;

    /// <summary>The failure's code. Who decided, and why, is for operators only.</summary>
    private const string DecidedCode = "decided";

    public static PaymentDecision Decide(Payment payment, DecisionCommand command) => command switch
    {
        ProposeDecision propose => Propose(payment, propose),
        ApproveDecision approve => Approve(payment, approve),
        RejectDecision reject => Reject(payment, reject),
        ExpireDecisions expire => Expire(payment, expire),
        DecideInBulk bulk => Decide(payment, bulk),
        _ => throw new UnreachableException(),
    };

    public static Payment Apply(Payment payment, DecisionEvent @event) => @event switch
    {
        DecisionProposed e => payment with { Proposals = payment.Proposals.Add(AsProposal(e)) },
        DecisionApproved e => Approved(payment, e),
        DecisionRejected e => Settle(
            payment, e.No, ProposalState.Rejected, new Settlement(e.At, e.By, e.Reason.Length == 0 ? null : e.Reason)),
        DecisionExpired e => Settle(payment, e.No, ProposalState.Expired, new Settlement(e.At, null, null)),
        _ => throw new UnreachableException(),
    };

    private static PaymentDecision Propose(Payment payment, ProposeDecision propose)
    {
        if (payment.Proposals.Any(known => IsSame(payment, known, propose)))
        {
            return PaymentDecision.NothingNew;
        }

        if (MayBeDecided(payment, propose.Outcome, propose.At) is { } refusal)
        {
            return PaymentDecision.Refuse(refusal);
        }

        if (payment.Proposals.Count(known => known.IsPending) >= MaxPending || payment.Proposals.Length >= MaxProposals)
        {
            return PaymentDecision.Refuse(PaymentRefusal.TooManyProposals);
        }

        return PaymentDecision.Of(AsEvent(
            payment, propose.At, propose.Outcome, propose.By, propose.Reason, propose.Evidence,
            propose.At + propose.ExpiresAfter, null));
    }

    private static PaymentDecision Approve(Payment payment, ApproveDecision approve)
    {
        if (payment.Proposals.FirstOrDefault(known => known.No == approve.No) is not { } proposal)
        {
            return PaymentDecision.Refuse(PaymentRefusal.NoSuchProposal);
        }

        var isAnother = approve.Digest is { } seen && seen != proposal.Digest;
        if (proposal.State == ProposalState.Approved && proposal.Settled?.By == approve.By && !isAnother)
        {
            return PaymentDecision.NothingNew;
        }

        if (MayBeSettled(proposal, approve.By, approve.At) is { } refused)
        {
            return refused;
        }

        if (isAnother)
        {
            return PaymentDecision.Refuse(PaymentRefusal.WrongDigest);
        }

        return proposal.Digest != ContentDigest.Of(payment, proposal)
            ? PaymentDecision.Refuse(PaymentRefusal.ContentChanged)
            : PaymentDecision.Of(
            [
                new DecisionApproved(approve.At, proposal.No, approve.By, approve.Reason),
                .. Ends(payment, proposal, approve.At),
            ]);
    }

    private static PaymentDecision Reject(Payment payment, RejectDecision reject)
    {
        if (payment.Proposals.FirstOrDefault(known => known.No == reject.No) is not { } proposal)
        {
            return PaymentDecision.Refuse(PaymentRefusal.NoSuchProposal);
        }

        return proposal.State == ProposalState.Rejected && proposal.Settled?.By == reject.By
            ? PaymentDecision.NothingNew
            : MayBeSettled(proposal, reject.By, reject.At)
            ?? PaymentDecision.Of(new DecisionRejected(reject.At, proposal.No, reject.By, reject.Reason ?? ""));
    }

    private static PaymentDecision Expire(Payment payment, ExpireDecisions expire) => PaymentDecision.Of(
        [.. payment.Proposals
            .Where(known => known.IsPending && known.ExpiresAt <= expire.At)
            .Select(known => new DecisionExpired(expire.At, known.No))]);

    /// <summary>The ruling holds for this payment only if its content is still what both people saw.</summary>
    private static PaymentDecision Decide(Payment payment, DecideInBulk bulk)
    {
        if (payment.Proposals.Any(known => known.Bulk == bulk.Bulk))
        {
            return PaymentDecision.NothingNew;
        }

        if (bulk.Proposer.IsSameAs(bulk.Approver))
        {
            return PaymentDecision.Refuse(PaymentRefusal.SamePerson);
        }

        if (ContentDigest.Of(payment) != bulk.Content)
        {
            return PaymentDecision.Refuse(PaymentRefusal.ContentChanged);
        }

        if (MayBeDecided(payment, bulk.Outcome, bulk.At) is { } refusal)
        {
            return PaymentDecision.Refuse(refusal);
        }

        var proposed = AsEvent(
            payment, bulk.At, bulk.Outcome, bulk.Proposer, bulk.Reason, bulk.Evidence, bulk.At, bulk.Bulk);
        var approved = new DecisionApproved(bulk.At, proposed.No, bulk.Approver);
        return PaymentDecision.Of([proposed, approved, .. Ends(payment, AsProposal(proposed), bulk.At)]);
    }

    private static PaymentRefusal? MayBeDecided(Payment payment, ProposedOutcome outcome, DateTimeOffset at)
    {
        if (!payment.NeedsDecision)
        {
            return PaymentRefusal.NothingToDecide;
        }

        if (outcome == ProposedOutcome.KeepAsking)
        {
            return payment is { State: PaymentState.Suspended, OpenAttempt: not null } ? null : PaymentRefusal.NothingToAsk;
        }

        if (outcome == ProposedOutcome.Release)
        {
            return payment is { State: PaymentState.Suspended, Attempts.IsEmpty: true } ? null : PaymentRefusal.NothingToRelease;
        }

        // Until then the order may still wait in a lane, so nobody can have found out about it.
        if (payment.OpenAttempt is { } open && at < open.SendBefore)
        {
            return PaymentRefusal.AttemptStillOpen;
        }

        return outcome == ProposedOutcome.Succeeded && payment.Attempts.IsEmpty
            ? PaymentRefusal.NothingWasSent
            : null;
    }

    private static PaymentDecision? MayBeSettled(Proposal proposal, Person by, DateTimeOffset at) =>
        TwoPersonRule.WhyNotSettled(proposal.State, proposal.By, proposal.ExpiresAt, by, at) is { } refusal
            ? PaymentDecision.Refuse(refusal)
            : null;

    private static IEnumerable<PaymentEvent> Ends(Payment payment, Proposal proposal, DateTimeOffset at) =>
        proposal.Outcome switch
        {
            ProposedOutcome.Succeeded => payment.State == PaymentState.Succeeded ? [] : [new PaymentSucceeded(at)],
            ProposedOutcome.Failed => payment.State is PaymentState.Failed or PaymentState.Closed
                ? []
                : [new PaymentFailed(at, new PaymentFailure(OutcomeClass.Decided, DecidedCode, payment.Channel, null))],
            ProposedOutcome.KeepAsking or ProposedOutcome.Release => [],
        };

    private static DecisionProposed AsEvent(
        Payment payment, DateTimeOffset at, ProposedOutcome outcome, Person by, string reason, string evidence,
        DateTimeOffset expiresAt, string? bulk)
    {
        var no = payment.Proposals.Length + 1;
        var attemptNo = outcome == ProposedOutcome.Succeeded ? PaidBy(payment) : 0;
        var digest = ContentDigest.Of(ContentDigest.Of(payment), no, outcome, attemptNo, by, reason, evidence, expiresAt);
        return new DecisionProposed(at, no, outcome, attemptNo, by, reason, evidence, expiresAt, digest, bulk);
    }

    private static Proposal AsProposal(DecisionProposed e) => new(
        e.No, e.Outcome, e.AttemptNo, e.By, e.Reason, e.Evidence, e.At, e.ExpiresAt, e.Digest, e.Bulk,
        ProposalState.Pending, null);

    /// <summary>The paid attempt, else one with a late success, else the open one, else the last.</summary>
    private static int PaidBy(Payment payment) =>
        payment.Attempts.LastOrDefault(attempt => attempt.State == AttemptState.Succeeded)?.No
        ?? payment.OpenCases.LastOrDefault(known => known.Reason == CaseReason.LateSuccess)?.AttemptNo
        ?? payment.OpenAttempt?.No
        ?? payment.Attempts[^1].No;

    private static bool IsSame(Payment payment, Proposal known, ProposeDecision propose) =>
        known.IsPending && known.ExpiresAt > propose.At && known.By == propose.By && known.Outcome == propose.Outcome
        && known.Reason == propose.Reason && known.Evidence == propose.Evidence
        && known.Digest == ContentDigest.Of(payment, known);

    private static Payment Approved(Payment payment, DecisionApproved e)
    {
        var proposal = payment.Proposals[e.No - 1];
        var open = payment.OpenCases.ToHashSet();
        var decided = Settle(payment, e.No, ProposalState.Approved, new Settlement(e.At, e.By, e.Reason)) with
        {
            Cases = [.. payment.Cases.Select(known => open.Contains(known) ? known with { DecidedBy = e.No } : known)],
        };
        return proposal.Outcome switch
        {
            ProposedOutcome.Succeeded => decided with
            {
                Attempts = WithEnd(decided, e, AttemptState.Succeeded, attempt => attempt.No == proposal.AttemptNo),
            },
            ProposedOutcome.Failed => decided with { Attempts = WithEnd(decided, e, AttemptState.Failed, _ => true) },
            ProposedOutcome.KeepAsking => decided with
            {
                State = PaymentState.Processing,
                Attempts = [.. decided.Attempts.Select(attempt => attempt with { UnknownFor = TimeSpan.Zero })],
            },

            // The payment could not be sent while it waited for people, so the merchant's time for it begins now.
            ProposedOutcome.Release => decided with
            {
                State = PaymentState.Accepted,
                ExpiresAt = e.At + (payment.ExpiresAt - payment.CreatedAt),
            },
        };
    }

    private static ImmutableArray<Attempt> WithEnd(
        Payment payment, DecisionApproved e, AttemptState end, Func<Attempt, bool> isDecided) =>
        [.. payment.Attempts.Select(attempt => isDecided(attempt) && attempt.State != end
            ? attempt with { State = end, EndedAt = attempt.EndedAt ?? e.At, DecidedBy = e.No, Claim = null }
            : attempt)];

    private static Payment Settle(Payment payment, int no, ProposalState state, Settlement settled)
    {
        var index = no - 1;
        return index >= 0 && index < payment.Proposals.Length && payment.Proposals[index].IsPending
            ? payment with
            {
                Proposals = payment.Proposals.SetItem(index, payment.Proposals[index] with { State = state, Settled = settled }),
            }
            : throw new InvalidOperationException($"{payment.Id} has no proposal {no} that could be {state}");
    }
}
