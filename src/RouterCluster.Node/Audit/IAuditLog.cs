using RouterCluster.Api;

namespace RouterCluster.Node.Audit;

/// <summary>Operators' actions, newest first.</summary>
public interface IAuditLog
{
    /// <param name="cursor">The end of the last page; null for the first.</param>
    Task<ListBody<AuditBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation);

    /// <summary>Stores an action that no payment's or channel's own history has.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellation);
}
