using RouterCluster.Domain.Payments;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>Payments to ask about.</summary>
internal sealed class StoredSamples
{
    private int _succeeded;

    /// <summary>One that failed at its first channel and went on, and about which an operator has asked.</summary>
    public Payment Rerouted { get; private set; } = null!;

    public Payment Unknown { get; private set; } = null!;

    public void Look(IReadOnlyList<PastPayment> payments)
    {
        foreach (var (payment, _, _) in payments)
        {
            // Of the middle of the month: neither the oldest nor the newest rows.
            if (payment is { State: PaymentState.Succeeded, Attempts.Length: 2 } && (_succeeded++ & (_succeeded - 1)) == 0)
            {
                Rerouted = payment;
            }

            Unknown = payment.State == PaymentState.Processing ? payment : Unknown;
        }
    }
}
