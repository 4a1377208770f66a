using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>One number is one payment: the same content finds it again, other content is refused, and it is new once.</summary>
/// <remarks>Law 4.7.</remarks>
internal static class S12Idempotency
{
    public static void Accepted(PaymentFacts facts)
    {
        if (facts.Content is not null)
        {
            throw Violation(facts, "it is accepted a second time");
        }
    }

    /// <param name="asked">Null: the merchant only read.</param>
    public static void Answered(PaymentFacts facts, PaymentContent? asked, BookAnswer answer)
    {
        switch (answer)
        {
            case BookAnswer.Stored stored:
                if (asked is not null && stored.Payment.Content.Fingerprint != asked.Fingerprint)
                {
                    throw Violation(facts, "a request of other content was answered as if it were the first");
                }

                if (stored.IsNew && ++facts.AnswersAsNew > 1)
                {
                    throw Violation(facts, "two requests were told that they stored it");
                }

                break;
            case BookAnswer.IdempotencyMismatch:
                if (facts.Content is null || facts.Content.Fingerprint == asked?.Fingerprint)
                {
                    throw Violation(facts, "a request was refused as of other content, and nothing of other content is durable");
                }

                break;
        }
    }

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S12", facts.Id, $"idempotency: {facts.Id}: {what}");
}
