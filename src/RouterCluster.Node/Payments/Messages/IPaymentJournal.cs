using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>What the journal holds of one payment, for people who look back.</summary>
public interface IPaymentJournal
{
    /// <summary>Looks at a bounded number of rows, however many other payments the book has.</summary>
    Task<PaymentCommits> ReadAsync(Payment payment, CancellationToken cancellation);
}

/// <param name="Commits">The oldest first.</param>
/// <param name="IsComplete">
/// False: the rows since the payment's first one were too many to look at all. Those of the moments that the payment itself
/// knows are there, as far as the journal still has them.
/// </param>
public sealed record PaymentCommits(IReadOnlyList<PaymentCommit> Commits, bool IsComplete);

/// <summary>The events of a payment that were committed together.</summary>
/// <param name="Row">The sequence number of the book's row.</param>
/// <param name="At">When the row went to the storage.</param>
public sealed record PaymentCommit(long Row, DateTimeOffset At, IReadOnlyList<PaymentEvent> Events);
