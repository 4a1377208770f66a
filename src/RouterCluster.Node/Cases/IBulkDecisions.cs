using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Cases;

/// <summary>Lists of payments that people decide as a whole, as the operators' API uses them.</summary>
public interface IBulkDecisions
{
    /// <summary>Freezes what the filter takes now.</summary>
    Task<Frozen> ProposeAsync(
        CaseFilter filter, ProposedOutcome outcome, string reason, string evidence, Person by, CancellationToken cancellation);

    Task<BulkProposal?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<BulkProposal>> ListAsync(int limit, DateTimeOffset? before, CancellationToken cancellation);

    /// <summary>Payments of the list, in its order; null for all states.</summary>
    Task<IReadOnlyList<BulkItem>> ItemsAsync(
        string id, BulkItemState? state, int after, int limit, CancellationToken cancellation);

    Task<IReadOnlyDictionary<BulkItemState, int>> CountAsync(string id, CancellationToken cancellation);

    /// <summary>Its payments are then decided one by one, in the background and over restarts.</summary>
    /// <returns>Null when it is done.</returns>
    Task<PaymentRefusal?> ApproveAsync(BulkProposal proposal, Person by, string digest, CancellationToken cancellation);

    /// <returns>Null when it is done.</returns>
    Task<PaymentRefusal?> RejectAsync(BulkProposal proposal, Person by, string reason, CancellationToken cancellation);
}
