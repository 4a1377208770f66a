using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// In whatever order the truth arrives, it ends in the same state. A final state stays, but for a return and what two
/// people decide. Contradiction opens a case.
/// </summary>
/// <remarks>Law 3.9.</remarks>
internal static class S10Confluence
{
    public static void Changes(PaymentFacts facts, PaymentState next)
    {
        var mayChange = !facts.IsFinal || next == facts.State
            || (facts.State == PaymentState.Succeeded && next == PaymentState.Returned)
            || (facts.Decided, next) is (ProposedOutcome.Succeeded, PaymentState.Succeeded)
                or (ProposedOutcome.Failed, PaymentState.Failed);
        if (!mayChange)
        {
            throw Violation(facts, $"{facts.State} is final, and now it is {next}");
        }
    }

    public static void Succeeds(PaymentFacts facts)
    {
        if (facts.MovedBy is null && !facts.IsContradicted && !facts.IsEndedByPeople)
        {
            throw Violation(facts, "it is called succeeded, and no money moved");
        }
    }

    /// <summary>What a company was told to be heard has to be durable: as the end, as a claim, or as a case.</summary>
    public static void NoticeTaken(PaymentFacts facts, AttemptFacts attempt, bool saysMoved)
    {
        var agreeing = saysMoved ? AttemptState.Succeeded : AttemptState.Failed;
        if (attempt.State != agreeing && !attempt.IsClaimed && facts.Cases == 0)
        {
            throw Violation(
                facts, $"a notice about attempt {attempt.No} was acknowledged, which is {attempt.State}, and there is no case");
        }
    }

    public static void Recalled(PaymentFacts facts, Payment payment)
    {
        if (payment.State != facts.State || payment.Attempts.Length != facts.Attempts.Count)
        {
            throw Violation(facts, $"it comes back to memory as {payment.State}, and it is {facts.State}");
        }
    }

    /// <summary>Every company has told the truth by now, and has been asked.</summary>
    public static void LifeEnds(PaymentFacts facts)
    {
        var agrees = facts.State switch
        {
            PaymentState.Succeeded => facts.MovedBy is not null,
            PaymentState.Failed or PaymentState.Closed => facts.MovedBy is null,
            _ => true,
        };
        if (!agrees && !facts.IsContradicted && !facts.IsEndedByPeople)
        {
            throw Violation(facts, $"it ends as {facts.State}, and the companies' books say otherwise");
        }
    }

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S10", facts.Id, $"confluence: {facts.Id}: {what}");
}
