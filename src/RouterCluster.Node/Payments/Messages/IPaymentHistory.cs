using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>Stored payments, for people who look back.</summary>
public interface IPaymentHistory
{
    /// <summary>Accepted payments, the oldest first.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<Payment>> ListAcceptedAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation);

    /// <summary>Payments with an attempt that has this number at its channel; channels may use the same ones.</summary>
    Task<IReadOnlyList<PaymentId>> OfChannelNumberAsync(string channelNumber, int limit, CancellationToken cancellation);
}
