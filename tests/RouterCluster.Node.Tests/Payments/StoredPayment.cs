using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;

namespace RouterCluster.Node.Tests.Payments;

internal static class StoredPayment
{
    public static async Task<(Payment Payment, long Version)?> FindAsync(
        this PaymentReadModel model, PaymentId id, CancellationToken cancellation)
    {
        var payments = await model.FindAllAsync([id], cancellation);
        var versions = await model.ReadVersionsAsync([id], cancellation);
        return payments.TryGetValue(id, out var payment) ? (payment, versions[id]) : null;
    }
}
