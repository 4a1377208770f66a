using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Cases;

/// <summary>Lists of cases that people decide as a whole.</summary>
public interface IBulkProposals
{
    /// <summary>Freezes the cases that the filter matches now.</summary>
    Task<Frozen> ProposeAsync(
        CaseFilter filter, ProposedOutcome outcome, string reason, string evidence, Person by, CancellationToken cancellation);

    Task<BulkProposal?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<BulkProposal>> ListAsync(int limit, DateTimeOffset? before, CancellationToken cancellation);

    /// <param name="state">Null: all states.</param>
    Task<IReadOnlyList<BulkItem>> ItemsAsync(
        string id, BulkItemState? state, int after, int limit, CancellationToken cancellation);

    Task<IReadOnlyDictionary<BulkItemState, int>> CountAsync(string id, CancellationToken cancellation);

    /// <summary>The payments are then decided one by one, in the background and over restarts.</summary>
    /// <returns>Null when the list is approved.</returns>
    Task<PaymentRefusal?> ApproveAsync(
        BulkProposal proposal, Person by, string digest, string? reason, CancellationToken cancellation);

    /// <returns>Null when the list is rejected.</returns>
    Task<PaymentRefusal?> RejectAsync(BulkProposal proposal, Person by, string reason, CancellationToken cancellation);
}
