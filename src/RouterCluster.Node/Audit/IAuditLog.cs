using RouterCluster.Api;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Audit;

/// <summary>Operators' actions, newest first.</summary>
public interface IAuditLog
{
    /// <param name="cursor">The end of the last page; null for the first.</param>
    Task<ListBody<AuditBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation);

    /// <summary>
    /// What operators did about one payment and its webhooks, the oldest first, without proposals and rulings, which its own
    /// events have. Actions recorded by earlier versions are not found.
    /// </summary>
    Task<IReadOnlyList<AuditEntry>> OfPaymentAsync(PaymentId payment, int limit, CancellationToken cancellation);

    /// <summary>Stores an action that no payment's or channel's own history has.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellation);
}
