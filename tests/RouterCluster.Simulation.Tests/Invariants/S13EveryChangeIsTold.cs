using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Its merchant is told of each change of a payment's state, under an id that is this change's alone.</summary>
/// <remarks>Law 8.2.</remarks>
internal static class S13EveryChangeIsTold
{
    private static readonly int States = Enum.GetValues<PaymentState>().Max(state => (int)state) + 1;

    /// <summary>The read model may be so late, and the merchant is told once it has the change.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(21);

    public static void Changes(PaymentFacts facts, PaymentState state, TimeSpan now)
    {
        if (state != facts.State && state.Notification() is not null)
        {
            facts.Changes.Add((state, now));
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

    public static void LifeEnds(PaymentFacts facts, TimeSpan now)
    {
        Span<int> changes = stackalloc int[States];
        Span<int> due = stackalloc int[States];
        foreach (var (state, at) in facts.Changes)
        {
            changes[(int)state]++;
            due[(int)state] += at < now - Longest ? 1 : 0;
        }

        Span<int> told = stackalloc int[States];
        foreach (var state in facts.Told.Values)
        {
            told[(int)state]++;
        }

        for (var state = 0; state < States; state++)
        {
            if (told[state] < due[state] || told[state] > changes[state])
            {
                var all = string.Join(", ", facts.Changes.Select(change => change.State));
                throw Violation(facts, $"it changed to {all}, and its merchant was told of {Told(facts)}");
            }
        }
    }

    private static string Told(PaymentFacts facts) =>
        facts.Told.Count == 0 ? "nothing" : string.Join(", ", facts.Told.Values);

    private static InvariantViolation Violation(PaymentFacts facts, string what) =>
        new("S13", facts.Id, $"every change is told: {facts.Id}: {what}");
}
