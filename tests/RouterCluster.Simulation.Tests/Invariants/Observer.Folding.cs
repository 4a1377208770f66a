using System.Diagnostics;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>This file: what is stored, as facts of the payment.</summary>
internal sealed partial class Observer
{
    private void Fold(PaymentFacts facts, PaymentEvent @event)
    {
        switch (@event)
        {
            case PaymentAccepted accepted:
                S12Idempotency.Accepted(facts);
                facts.Content = accepted.Content;
                facts.State = PaymentState.Accepted;
                _open++;
                break;
            case AttemptStarted started:
                S10TwoPeople.AttemptStarts(facts);
                facts.Attempts.Add(new AttemptFacts(started.No, started.Channel) { Target = started.Target });
                break;
            case AttemptEnded ended:
                End(facts, facts.Attempt(ended.No), ended.Outcome);
                facts.Tells(ended.No, ended.Outcome);
                break;
            case PaymentSucceeded:
                S10Confluence.Succeeds(facts);
                Enter(facts, PaymentState.Succeeded);
                break;
            case PaymentFailed:
                S11UnknownIsNeverFailed.Fails(facts);
                Enter(facts, PaymentState.Failed);
                break;
            case PaymentClosed:
                S11UnknownIsNeverFailed.Fails(facts);
                Enter(facts, PaymentState.Closed);
                break;
            case PaymentSuspended:
                Enter(facts, PaymentState.Suspended);
                break;
            case CaseOpened opened:
                facts.Cases++;
                facts.Tells(opened.AttemptNo, opened.Told);
                break;
            case AttemptClaimed claimed:
                facts.Attempt(claimed.No).IsClaimed = true;
                facts.Tells(claimed.No, claimed.Outcome);
                break;
            case PaymentRecalled recalled:
                S10Confluence.Recalled(facts, recalled.Payment);
                break;
            case DecisionEvent decision:
                FoldDecision(facts, decision);
                break;
            case AttemptUnresolved or AttemptStillUnknown:
                break;
            default:
                throw new UnreachableException();
        }

        facts.State = (facts.State, @event) switch
        {
            (PaymentState.Accepted, AttemptStarted) => PaymentState.Processing,
            (PaymentState.Processing, AttemptEnded ended) when !ended.Outcome.IsSuccess() => PaymentState.Accepted,
            var (state, _) => state,
        };
    }

    private static void End(PaymentFacts facts, AttemptFacts attempt, Outcome outcome)
    {
        if (outcome.IsSuccess())
        {
            attempt.State = AttemptState.Succeeded;
        }
        else
        {
            S11UnknownIsNeverFailed.AttemptFails(facts, attempt);
            attempt.State = AttemptState.Failed;
        }
    }

    private void FoldDecision(PaymentFacts facts, DecisionEvent @event)
    {
        switch (@event)
        {
            case DecisionProposed proposed:
                S10TwoPeople.Proposed(facts, proposed);
                break;
            case DecisionApproved approved:
                Decide(facts, S10TwoPeople.Approved(facts, approved));
                break;
            case DecisionRejected rejected:
                S10TwoPeople.Settled(facts, rejected.No);
                break;
            case DecisionExpired expired:
                S10TwoPeople.Settled(facts, expired.No);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The payment's new state follows as an event of its own, but for one that is asked about again.</summary>
    private void Decide(PaymentFacts facts, DecisionProposed proposed)
    {
        facts.Decided = proposed.Outcome == ProposedOutcome.Release ? null : proposed.Outcome;
        switch (proposed.Outcome)
        {
            case ProposedOutcome.Succeeded:
                facts.Attempt(proposed.AttemptNo).State = AttemptState.Succeeded;
                break;
            case ProposedOutcome.Failed:
                facts.Attempts.ForEach(attempt => attempt.State = AttemptState.Failed);
                break;
            case ProposedOutcome.KeepAsking:
                facts.State = PaymentState.Processing;
                _open++;
                break;
            case ProposedOutcome.Release:
                facts.State = PaymentState.Accepted;
                _open++;
                break;
        }
    }

    private void Enter(PaymentFacts facts, PaymentState state)
    {
        S10Confluence.Changes(facts, state);
        S13EveryChangeIsTold.Changes(facts, state, Now);
        if (!facts.IsFinal && facts.State != PaymentState.Suspended)
        {
            _open--;
        }

        facts.State = state;
        _life.Merchants.Ended(facts.Id);
    }
}
