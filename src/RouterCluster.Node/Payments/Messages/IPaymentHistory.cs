using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>Accepted payments, the oldest first.</summary>
public interface IPaymentHistory
{
    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<Payment>> ListAcceptedAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation);
}
