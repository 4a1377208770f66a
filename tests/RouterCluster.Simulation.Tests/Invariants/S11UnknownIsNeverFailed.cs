using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Failed means that no money moved and none will: neither stored nor told while anything may still move.</summary>
internal static class S11UnknownIsNeverFailed
{
    public static void AttemptFails(PaymentFacts facts, AttemptFacts attempt)
    {
        if (attempt.IsAlive && !IsExcused(facts))
        {
            throw Violation(facts, $"attempt {attempt.No} is called failed, and its order lives at {attempt.Channel}");
        }
    }

    public static void Fails(PaymentFacts facts)
    {
        if (!IsExcused(facts) && (facts.MovedBy is not null || facts.Alive() is not null))
        {
            throw Violation(facts, "it is called failed, and money has moved or may still move");
        }
    }

    public static void Answered(PaymentFacts facts, BookAnswer answer)
    {
        if (answer is BookAnswer.Stored { Payment.State: PaymentState.Failed or PaymentState.Closed })
        {
            Fails(facts);
            facts.IsToldFailed = true;
        }
    }

    public static void Moved(PaymentFacts facts)
    {
        var isCalledFailed = facts.IsToldFailed || facts.State is PaymentState.Failed or PaymentState.Closed;
        if (isCalledFailed && !IsExcused(facts))
        {
            throw Violation(facts, "its money moved after it was called failed");
        }
    }

    /// <summary>Its company or two people have spoken against the truth.</summary>
    private static bool IsExcused(PaymentFacts facts) => facts.IsContradicted || facts.IsEndedByPeople;

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S11", facts.Id, $"unknown is never failed: {facts.Id}: {what}");
}
