using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>Something that must never be, seen from outside.</summary>
/// <param name="invariant">Its number in the design: S1 to S16, L1 to L5.</param>
internal sealed class InvariantViolation(string invariant, PaymentId? payment, string message)
    : Exception($"{invariant}: {message}")
{
    public string Invariant => invariant;

    public PaymentId? Payment => payment;
}
