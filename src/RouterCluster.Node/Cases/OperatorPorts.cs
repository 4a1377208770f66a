using RouterCluster.Api;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Cases;

/// <summary>The cluster as this node sees it.</summary>
public interface IClusterView
{
    ClusterBody Get();
}

/// <summary>Payments that people have to look at, the oldest first.</summary>
public interface ICaseList
{
    /// <param name="cursor">Where the last page ended; null for the first.</param>
    Task<ListBody<CaseBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation);
}

/// <summary>Payments that were accepted, the oldest first.</summary>
public interface IPaymentHistory
{
    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<Payment>> PageAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation);
}

/// <summary>What operators did, newest first.</summary>
public interface IAuditLog
{
    /// <param name="cursor">Where the last page ended; null for the first.</param>
    Task<ListBody<AuditBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation);
}
