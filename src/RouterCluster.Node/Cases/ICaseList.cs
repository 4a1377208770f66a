using RouterCluster.Api;

namespace RouterCluster.Node.Cases;

/// <summary>Payments that people have to look at, the oldest first.</summary>
public interface ICaseList
{
    /// <param name="cursor">Where the last page ended; null for the first.</param>
    Task<ListBody<CaseBody>> GetAsync(string? cursor, int limit, CancellationToken cancellation);
}
