using System.Collections.Concurrent;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Cases;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Lists in memory, frozen and settled by the rules; nobody carries them to the books.</summary>
internal sealed class FakeBulk : IBulkProposals
{
    private readonly ConcurrentDictionary<string, BulkProposal> _all = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<BulkItem>> _items = new();

    public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<Payment> Matching { get; set; } = [];

    public CaseFilter? Asked { get; private set; }

    public Task<Frozen> ProposeAsync(
        CaseFilter filter, ProposedOutcome outcome, string reason, string evidence, Person by, CancellationToken cancellation)
    {
        Asked = filter;
        var frozen = BulkDecider.Freeze(
            new BulkRequest(filter, outcome, reason, evidence, by, Now, TimeSpan.FromHours(24)), Matching, 2);
        if (frozen.Proposal is { } made)
        {
            _all[made.Id] = made;
            _items[made.Id] = frozen.Items;
        }

        return Task.FromResult(frozen);
    }

    public Task<BulkProposal?> FindAsync(string id, CancellationToken cancellation) =>
        Task.FromResult(_all.TryGetValue(id, out var found) ? BulkDecider.AsOf(found, Now) : null);

    public Task<IReadOnlyList<BulkProposal>> ListAsync(int limit, DateTimeOffset? before, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<BulkProposal>>(
            [.. _all.Values.Where(bulk => before is null || bulk.At < before).Take(limit)]);

    public Task<IReadOnlyList<BulkItem>> ItemsAsync(
        string id, BulkItemState? state, int after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<BulkItem>>(
            [.. _items[id].Where(item => item.No > after && (state is null || item.State == state)).Take(limit)]);

    public Task<IReadOnlyDictionary<BulkItemState, int>> CountAsync(string id, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<BulkItemState, int>>(
            _items[id].GroupBy(item => item.State).ToDictionary(group => group.Key, group => group.Count()));

    public void End(string id, int no, BulkItemState state, PaymentRefusal? why) =>
        _items[id] = [.. _items[id].Select(item => item.No == no ? item with { State = state, Refusal = why } : item)];

    public Task<PaymentRefusal?> ApproveAsync(
        BulkProposal proposal, Person by, string digest, string? reason, CancellationToken cancellation) =>
        Settle(proposal, by, ProposalState.Approved, reason, digest);

    public Task<PaymentRefusal?> RejectAsync(BulkProposal proposal, Person by, string reason, CancellationToken cancellation) =>
        Settle(proposal, by, ProposalState.Rejected, reason, null);

    private Task<PaymentRefusal?> Settle(BulkProposal proposal, Person by, ProposalState state, string? reason, string? digest)
    {
        var why = BulkDecider.MaySettle(proposal, by, Now, digest);
        if (why is null)
        {
            _all[proposal.Id] = proposal with { State = state, Settled = new Settlement(Now, by, reason) };
        }

        return Task.FromResult(why);
    }
}
