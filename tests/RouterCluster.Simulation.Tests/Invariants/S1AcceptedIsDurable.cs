using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Every acknowledged payment exists after any crash, and nothing leaves a book before it is durable.</summary>
internal static class S1AcceptedIsDurable
{
    /// <param name="askedAt">What was asked before the acknowledgement may be answered as of before it.</param>
    public static void Answered(PaymentFacts facts, BookAnswer answer, TimeSpan askedAt, TimeSpan now)
    {
        switch (answer)
        {
            case BookAnswer.Stored { Payment: var payment }:
                if (facts.Content is null || !facts.Has(payment))
                {
                    throw Violation(facts, $"a merchant heard {payment.State}, and that is not durable");
                }

                facts.AcknowledgedAt ??= now;
                break;
            case BookAnswer.NoSuchPayment or BookAnswer.NoRoute or BookAnswer.NoChannelNow:
                if (facts.AcknowledgedAt < askedAt)
                {
                    throw Violation(facts, $"it was acknowledged, and now a merchant hears {answer.GetType().Name}");
                }

                break;
        }
    }

    public static void OrderLeaves(PaymentFacts facts, SubmitOrder order)
    {
        if (order.AttemptNo > facts.Attempts.Count || facts.Attempts[order.AttemptNo - 1].Channel != order.Channel)
        {
            throw Violation(facts, $"an order leaves for {order.Channel} before its attempt is durable");
        }
    }

    /// <summary>The lane may forget what it told, so the news of it has to be durable.</summary>
    public static void ReportTaken(PaymentFacts facts, AttemptReport report, bool saysTheEnd)
    {
        var isKnown = report.AttemptNo <= facts.Attempts.Count;
        if (isKnown && saysTheEnd && facts.Attempts[report.AttemptNo - 1].State == AttemptState.Processing)
        {
            throw Violation(facts, $"the lane may forget {report.Outcome} of attempt {report.AttemptNo}, and it is not durable");
        }
    }

    public static void LifeEnds(PaymentFacts facts)
    {
        if (facts.AcknowledgedAt is not null && !facts.IsFoundAtEnd)
        {
            throw Violation(facts, "it was acknowledged, and cannot be read when all is over");
        }
    }

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S1", facts.Id, $"accepted is durable: {facts.Id}: {what}");
}
