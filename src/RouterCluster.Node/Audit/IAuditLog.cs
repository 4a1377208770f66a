using RouterCluster.Api;

namespace RouterCluster.Node.Audit;

/// <summary>What operators did, newest first.</summary>
public interface IAuditLog
{
    /// <param name="cursor">Where the last page ended; null for the first.</param>
    Task<ListBody<AuditBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation);
}
