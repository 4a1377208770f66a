using RouterCluster.Domain.Notifications;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Its merchant is told of each change of a payment's state, under an id that is this change's alone.</summary>
internal static class S13EveryChangeIsTold
{
    public static void Changes(PaymentFacts facts, PaymentState state)
    {
        if (state != facts.State && state.Notification() is not null)
        {
            facts.Changes.Add(state);
        }
    }

    /// <summary>The table of notifications keeps the first row of an id, and so does a merchant.</summary>
    public static void Told(PaymentFacts facts, Payment payment)
    {
        var type = payment.State.Notification()
            ?? throw Violation(facts, $"its merchant is told that it is {payment.State}");
        var id = NotificationId.Of(payment.Id, type, payment.LastChange);
        if (!facts.Told.TryAdd(id, payment.State) && facts.Told[id] != payment.State)
        {
            throw Violation(facts, $"{id} tells of {facts.Told[id]} and of {payment.State}");
        }
    }

    public static void LifeEnds(PaymentFacts facts)
    {
        if (!facts.Changes.Order().SequenceEqual(facts.Told.Values.Order()))
        {
            throw Violation(
                facts, $"it changed to {string.Join(", ", facts.Changes)}, and its merchant was told of {Told(facts)}");
        }
    }

    private static string Told(PaymentFacts facts) =>
        facts.Told.Count == 0 ? "nothing" : string.Join(", ", facts.Told.Values);

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S13", facts.Id, $"every change is told: {facts.Id}: {what}");
}
