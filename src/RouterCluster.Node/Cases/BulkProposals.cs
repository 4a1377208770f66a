using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Cases;

/// <summary>Freezes and settles lists; <see cref="BulkRunActor"/> takes their payments to the books.</summary>
public sealed class BulkProposals(
    BulkStore store, CaseSearch cases, CaseSettings settings, RouterClock clock, IRequiredActor<BulkRunActor> runner)
    : IBulkProposals
{
    public async Task<Frozen> ProposeAsync(
        CaseFilter filter, ProposedOutcome outcome, string reason, string evidence, Person by, CancellationToken cancellation)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.Utc.ToUnixTimeMilliseconds());
        var matching = await cases.FindAsync(filter, now, settings.BulkMost + 1, cancellation).ConfigureAwait(false);
        var frozen = BulkDecider.Freeze(
            new BulkRequest(filter, outcome, reason, evidence, by, now, settings.ExpiresAfter), matching, settings.BulkMost);
        if (frozen.Proposal is { } proposal)
        {
            await store.AddAsync(proposal, frozen.Items, cancellation).ConfigureAwait(false);
        }

        return frozen;
    }

    public async Task<BulkProposal?> FindAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation).ConfigureAwait(false) is { } found ? BulkDecider.AsOf(found, clock.Utc) : null;

    public async Task<IReadOnlyList<BulkProposal>> ListAsync(
        int limit, DateTimeOffset? before, CancellationToken cancellation) =>
        [.. (await store.ListAsync(limit, before, cancellation).ConfigureAwait(false))
            .Select(found => BulkDecider.AsOf(found, clock.Utc))];

    public Task<IReadOnlyList<BulkItem>> ItemsAsync(
        string id, BulkItemState? state, int after, int limit, CancellationToken cancellation) =>
        store.ItemsAsync(id, state, after, limit, cancellation);

    public Task<IReadOnlyDictionary<BulkItemState, int>> CountAsync(string id, CancellationToken cancellation) =>
        store.CountAsync(id, cancellation);

    public async Task<PaymentRefusal?> ApproveAsync(
        BulkProposal proposal, Person by, string digest, string? reason, CancellationToken cancellation)
    {
        if (proposal.State == ProposalState.Approved && proposal.Settled?.By == by && proposal.Digest == digest)
        {
            return null;
        }

        var refusal = await SettleAsync(proposal, by, ProposalState.Approved, reason, digest, cancellation).ConfigureAwait(false);
        if (refusal is null)
        {
            runner.ActorRef.Tell(BulkRunActor.Look.Instance);
        }

        return refusal;
    }

    public async Task<PaymentRefusal?> RejectAsync(
        BulkProposal proposal, Person by, string reason, CancellationToken cancellation) =>
        proposal.State == ProposalState.Rejected && proposal.Settled?.By == by
            ? null
            : await SettleAsync(proposal, by, ProposalState.Rejected, reason, null, cancellation).ConfigureAwait(false);

    private async Task<PaymentRefusal?> SettleAsync(
        BulkProposal proposal, Person by, ProposalState state, string? reason, string? digest, CancellationToken cancellation)
    {
        var now = clock.Utc;
        if (BulkDecider.MaySettle(proposal, by, now, digest) is { } refusal)
        {
            return refusal;
        }

        var settled = proposal with { State = state, Settled = new Settlement(now, by, reason) };
        return await store.SettleAsync(settled, cancellation).ConfigureAwait(false) ? null : PaymentRefusal.ProposalSettled;
    }
}
