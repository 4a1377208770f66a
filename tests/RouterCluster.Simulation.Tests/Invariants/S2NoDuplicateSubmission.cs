using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>An order is sent once, and never after it was called not sent.</summary>
internal static class S2NoDuplicateSubmission
{
    public static void BytesLeave(PaymentFacts facts, AttemptFacts attempt)
    {
        if (attempt.HasLeft)
        {
            throw Violation(facts, $"attempt {attempt.No} is sent to {attempt.Channel} a second time");
        }

        if (attempt.State != AttemptState.Processing)
        {
            throw Violation(facts, $"attempt {attempt.No} is sent to {attempt.Channel} after it has ended");
        }
    }

    public static void Received(PaymentFacts facts, AttemptFacts attempt, SubmitOrder order)
    {
        if (attempt.IsReceived)
        {
            throw Violation(facts, $"{attempt.Channel} receives {order.OrderNo} a second time");
        }
    }

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S2", facts.Id, $"no duplicate submission: {facts.Id}: {what}");
}
