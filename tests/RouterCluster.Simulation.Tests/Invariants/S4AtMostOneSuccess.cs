using RouterCluster.Domain.Books;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Money moves once per payment, and as much as was asked for.</summary>
internal static class S4AtMostOneSuccess
{
    public static void Moved(PaymentFacts facts, SubmitOrder order)
    {
        if (facts.MovedBy is { } first && !facts.IsContradicted)
        {
            throw Violation(facts, $"its money moved by {first} and again by {order.OrderNo}");
        }

        if (facts.Content?.Amount != order.Amount)
        {
            throw Violation(facts, $"{order.Amount} moved where {facts.Content?.Amount} was asked for");
        }
    }

    /// <summary>Also where its company has refused before: whoever has heard "paid" sends nothing more.</summary>
    public static void OrderLeaves(PaymentFacts facts, object book, SubmitOrder order)
    {
        if (facts.SuccessHeard is var (heardBy, no) && heardBy == book && no != order.AttemptNo)
        {
            throw Violation(facts, $"attempt {order.AttemptNo} leaves its book, which has heard of the success of attempt {no}");
        }
    }

    /// <summary>A company that was told to be heard of a second debit has to be found in what is durable.</summary>
    public static void SuccessTaken(PaymentFacts facts, AttemptFacts attempt, string reference)
    {
        if (attempt.References.Count > 0 && !attempt.References.Contains(reference) && !facts.IsContradicted)
        {
            throw Violation(facts, $"success under {reference} was acknowledged, after another, and nobody is to look at it");
        }
    }

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S4", facts.Id, $"at most one success: {facts.Id}: {what}");
}
