using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

internal sealed class PaymentHistory(PaymentReadModel readModel) : IPaymentHistory
{
    public Task<IReadOnlyList<Payment>> PageAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation) =>
        readModel.ListAcceptedAsync(from, to, after, limit, cancellation);
}
