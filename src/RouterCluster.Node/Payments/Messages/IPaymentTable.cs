using System.Data.Common;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>Another feature's table that changes in the transaction that writes payments into the read model.</summary>
public interface IPaymentTable
{
    /// <summary>To be called in a transaction that holds the lock on the schema.</summary>
    Task CreateAsync(DbConnection connection, CancellationToken cancellation);

    /// <param name="changed">In their latest state.</param>
    /// <param name="accepted">Payments that the read model did not hold before.</param>
    Task WriteAsync(
        DbConnection connection, IReadOnlyCollection<Payment> changed, IReadOnlySet<PaymentId> accepted,
        CancellationToken cancellation);
}
