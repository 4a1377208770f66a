using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What people decide, two different ones have decided, in time, and of the payment as the first one saw it.</summary>
/// <remarks>Law 8.1.</remarks>
internal static class S10TwoPeople
{
    public static void Proposed(PaymentFacts facts, DecisionProposed proposed)
    {
        if (proposed.No != facts.Proposals.Count + 1)
        {
            throw Violation(facts, $"proposal {proposed.No} follows {facts.Proposals.Count}");
        }

        var sight = proposed.Bulk is { } list ? facts.Lists[list] : facts.Sight();
        facts.Proposals.Add(new ProposalFacts(proposed, sight));
    }

    /// <returns>What was decided.</returns>
    public static DecisionProposed Approved(PaymentFacts facts, DecisionApproved approved)
    {
        var known = Pending(facts, approved.No);
        known.IsPending = false;
        var proposed = known.Proposed;
        if (IsSame(proposed.By, approved.By))
        {
            throw Violation(facts, $"{approved.By} approves what {proposed.By} has proposed");
        }

        if (known.Sight != facts.Sight())
        {
            throw Violation(facts, $"decided was {known.Sight}, and now it is {facts.Sight()}");
        }

        if (proposed.Bulk is null && approved.At >= proposed.ExpiresAt)
        {
            throw Violation(facts, $"proposal {approved.No} is approved after it has expired");
        }

        if (proposed.Outcome == ProposedOutcome.Release && facts.Attempts.Count > 0)
        {
            throw Violation(facts, "it is released as if nothing had been sent");
        }

        return proposed;
    }

    public static void Settled(PaymentFacts facts, int no) => Pending(facts, no).IsPending = false;

    public static void AttemptStarts(PaymentFacts facts)
    {
        if (facts.Decided is not null)
        {
            throw Violation(facts, "two people have decided, and it is sent once more");
        }

        if (facts.State == PaymentState.Suspended)
        {
            throw Violation(facts, "it is with people, and it is sent");
        }
    }

    /// <summary>Nobody may find a proposal open that nobody can approve any more.</summary>
    public static void LifeEnds(PaymentFacts facts, DateTimeOffset now)
    {
        if (facts.HasProposals
            && facts.Proposals.Any(known => known.IsPending && known.Proposed.ExpiresAt < now - TimeSpan.FromMinutes(1)))
        {
            throw Violation(facts, "a proposal has expired, and is open still");
        }
    }

    private static ProposalFacts Pending(PaymentFacts facts, int no) =>
        no >= 1 && no <= facts.Proposals.Count && facts.Proposals[no - 1] is { IsPending: true } pending
            ? pending
            : throw Violation(facts, $"proposal {no} is settled, and is not pending");

    private static bool IsSame(Person one, Person other) =>
        string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase) || one.TokenMark == other.TokenMark;

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S10", facts.Id, $"two people decide: {facts.Id}: {what}");
}
