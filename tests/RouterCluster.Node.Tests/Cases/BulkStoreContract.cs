using System.Collections.Frozen;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Cases;

public sealed class BulkStoreOnSqlite : BulkStoreContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class BulkStoreOnPostgreSql(PostgresFixture postgres) : BulkStoreContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

/// <summary>Lists that people decide as a whole, as storage keeps them.</summary>
public abstract class BulkStoreContract : DatabaseContract
{
    private BulkStore? _store;

    private BulkStore Store => _store!;

    protected override async Task OpenAsync()
    {
        await PaymentReadModel.OpenAsync(Database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
        _store = await BulkStore.OpenAsync(Database, CancellationToken.None);
    }

    [Fact]
    public void A_list_is_stored_as_it_always_was()
    {
        Golden.Holds("bulk-proposal", BulkCodec.Encode(BulkSamples.Proposal));
        Golden.Same(BulkSamples.Proposal, BulkCodec.Decode(Golden.Read("bulk-proposal")));
    }

    [Fact]
    public async Task A_list_survives_a_restart_with_all_its_payments()
    {
        var items = BulkSamples.Items(1200);
        await Store.AddAsync(BulkSamples.Proposal, items, CancellationToken.None);
        await using var again = RouterDatabase.Open(Address);
        var store = await BulkStore.OpenAsync(again, CancellationToken.None);

        Golden.Same(BulkSamples.Proposal, (await store.FindAsync(BulkSamples.Proposal.Id, CancellationToken.None))!);
        Assert.Null(await store.FindAsync("bulk_none", CancellationToken.None));
        Assert.Equal(items, await store.ItemsAsync(BulkSamples.Proposal.Id, null, 0, 2000, CancellationToken.None));
        var page = await store.ItemsAsync(BulkSamples.Proposal.Id, null, 1000, 2, CancellationToken.None);
        Assert.Equal([1001, 1002], page.Select(item => item.No));
    }

    [Fact]
    public async Task Of_two_people_who_settle_a_list_at_once_one_does()
    {
        await Store.AddAsync(BulkSamples.Proposal, BulkSamples.Items(1), CancellationToken.None);
        Assert.True(await Store.SettleAsync(BulkSamples.Settled(ProposalState.Rejected), CancellationToken.None));
        Assert.False(await Store.SettleAsync(BulkSamples.Settled(ProposalState.Approved), CancellationToken.None));
        Assert.Equal(ProposalState.Rejected, (await Store.FindAsync(BulkSamples.Proposal.Id, CancellationToken.None))!.State);
        Assert.Empty(await Store.UnfinishedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_approved_list_is_unfinished_until_every_payment_has_an_end()
    {
        var items = BulkSamples.Items(3);
        await Store.AddAsync(BulkSamples.Proposal, items, CancellationToken.None);
        Assert.Empty(await Store.UnfinishedAsync(CancellationToken.None));
        await Store.SettleAsync(BulkSamples.Settled(ProposalState.Approved), CancellationToken.None);
        Assert.Single(await Store.UnfinishedAsync(CancellationToken.None));

        var refused = items[1] with { State = BulkItemState.Refused, Refusal = PaymentRefusal.ContentChanged };
        await Store.EndAsync([items[0] with { State = BulkItemState.Decided }, refused], CancellationToken.None);
        Assert.Equal([3], (await Store.ItemsAsync(
            BulkSamples.Proposal.Id, BulkItemState.Waiting, 0, 9, CancellationToken.None)).Select(item => item.No));
        Assert.Equal([refused], await Store.ItemsAsync(
            BulkSamples.Proposal.Id, BulkItemState.Refused, 0, 9, CancellationToken.None));

        await Store.EndAsync([items[2] with { State = BulkItemState.Decided }], CancellationToken.None);
        Assert.Empty(await Store.UnfinishedAsync(CancellationToken.None));
        var counts = await Store.CountAsync(BulkSamples.Proposal.Id, CancellationToken.None);
        Assert.Equal((2, 1), (counts[BulkItemState.Decided], counts[BulkItemState.Refused]));
    }

    [Fact]
    public async Task What_was_done_to_a_list_stands_in_the_audit_trail()
    {
        await Store.AddAsync(BulkSamples.Proposal, BulkSamples.Items(1), CancellationToken.None);
        await Store.SettleAsync(BulkSamples.Settled(ProposalState.Approved), CancellationToken.None);
        var trail = await new AuditTrail(Database).ListAsync(9, null, CancellationToken.None);
        Assert.Equal(
            [("anna", "approved failed of 3 payments (bulk_7)"), ("oscar", "proposed failed of 3 payments (bulk_7)")],
            trail.Select(entry => (entry.By, entry.What)));
    }

    [Fact]
    public async Task A_search_finds_the_cases_that_a_filter_takes_the_oldest_first()
    {
        var model = await PaymentReadModel.OpenAsync(Database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
        var at = PaymentSamples.At;
        var cases = Enumerable.Range(0, 1500)
            .Select(no => PaymentSamples.Failed($"case-{no}") with { CreatedAt = at.AddSeconds(-no) })
            .ToList();
        cases.AddRange([PaymentSamples.Accepted("plain"), PaymentSamples.Decided("decided")]);
        await model.WriteAsync(
            0, 0, 1, new ReadModelChanges([.. cases.Select(one => (one, 1L))], FrozenSet<PaymentId>.Empty, []),
            CancellationToken.None);
        var search = new CaseSearch(Database);
        var late = new CaseFilter(null, null, CaseReason.LateSuccess, null, null, null);

        Assert.Equal(1500, (await search.FindAsync(late, at, 9000, CancellationToken.None)).Count);
        Assert.Equal(1200, (await search.FindAsync(late, at, 1200, CancellationToken.None)).Count);
        var old = await search.FindAsync(late with { OlderThan = TimeSpan.FromSeconds(1498) }, at, 9, CancellationToken.None);
        Assert.Equal([cases[1499].Id, cases[1498].Id], old.Select(payment => payment.Id));
        Assert.Empty(await search.FindAsync(late with { Channel = new("bravo") }, at, 9, CancellationToken.None));
        Assert.Empty(await search.FindAsync(late with { MaxAmount = 1 }, at, 9, CancellationToken.None));
        Assert.Empty(await search.FindAsync(late with { Product = Product.Payout }, at, 9, CancellationToken.None));
        Assert.Empty(await search.FindAsync(late with { Reason = CaseReason.LateFailure }, at, 9, CancellationToken.None));
        Assert.Empty(await search.FindAsync(late with { Merchant = new("other") }, at, 9, CancellationToken.None));
    }
}
