using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;

namespace RouterCluster.Node.Tests.Cases;

/// <summary>An approved list on its way to the books.</summary>
public sealed class BulkRunTests() : TestKit(StrictMessages.WithCodecs)
{
    private static readonly CaseSettings Settings = new(TimeSpan.FromHours(24), BulkMost: 100, BulkBatch: 2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_payment_is_decided_once_and_refusals_are_kept()
    {
        using var storage = await TestStorage.OnSqlite();
        await using var database = RouterDatabase.Open(storage.Address);
        var store = await ApprovedAsync(database, 3);
        var books = CreateTestProbe();
        Sys.ActorOf(BulkRunActor.Props(books, store, Settings, new LocalRunner()));

        Answer(books, _ => Decided());
        Answer(books, _ => new BookAnswer.Refused(PaymentRefusal.ContentChanged));
        Answer(books, _ => new BookAnswer.NoSuchPayment());

        await AwaitAssertAsync(async () => Assert.Empty(await store.UnfinishedAsync(default)), Patience);
        Assert.Equal(
            [(BulkItemState.Decided, null), (BulkItemState.Refused, PaymentRefusal.ContentChanged),
                (BulkItemState.Refused, (PaymentRefusal?)PaymentRefusal.NoSuchPayment)],
            (await store.ItemsAsync("bulk_7", null, 0, 9, default)).Select(item => (item.State, item.Refusal)));
        await books.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task A_payment_that_was_decided_before_a_stop_and_has_left_memory_counts_as_decided()
    {
        using var storage = await TestStorage.OnSqlite();
        await using var database = RouterDatabase.Open(storage.Address);
        var store = await ApprovedAsync(database, 1);
        var books = CreateTestProbe();
        Sys.ActorOf(BulkRunActor.Props(books, store, Settings, new LocalRunner()));

        Answer(books, _ => new BookAnswer.Refused(PaymentRefusal.NothingToDecide));
        var get = books.ExpectMsg<GetFromBook>(Patience);
        ((IActorRef)get.Caller.Address).Tell(new BookAnswered(get.Caller.Request, Decided()));

        await AwaitAssertAsync(async () => Assert.Equal(
            BulkItemState.Decided, (await store.ItemsAsync("bulk_7", null, 0, 9, default))[0].State), Patience);
    }

    [Fact]
    public async Task A_list_goes_on_after_a_stop_with_what_was_not_written_down()
    {
        using var storage = await TestStorage.OnSqlite();
        await using var database = RouterDatabase.Open(storage.Address);
        var store = await ApprovedAsync(database, 4);
        var books = CreateTestProbe();
        var first = Sys.ActorOf(BulkRunActor.Props(books, store, Settings, new LocalRunner()));
        Answer(books, _ => Decided());
        Answer(books, _ => Decided());
        books.ExpectMsg<DecideInBook>(Patience);
        books.ExpectMsg<DecideInBook>(Patience);
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first, Patience);

        Sys.ActorOf(BulkRunActor.Props(books, store, Settings, new LocalRunner()));
        var asked = new[] { Answer(books, _ => Decided()), Answer(books, _ => Decided()) };

        Assert.Equal([PaymentSamples.IdOf("A-3"), PaymentSamples.IdOf("A-4")], asked);
        await AwaitAssertAsync(async () => Assert.Empty(await store.UnfinishedAsync(default)), Patience);
    }

    private static PaymentId Answer(TestProbe books, Func<DecideInBulk, BookAnswer> answer)
    {
        var request = books.ExpectMsg<DecideInBook>(Patience).Request;
        var command = Assert.IsType<DecideInBulk>(request.Command);
        Assert.Equal((PaymentSamples.Oscar, PaymentSamples.Anna, "bulk_7"), (command.Proposer, command.Approver, command.Bulk));
        ((IActorRef)request.Caller.Address).Tell(new BookAnswered(request.Caller.Request, answer(command)));
        return request.Id;
    }

    private static BookAnswer Decided() => new BookAnswer.Stored(PaymentSamples.Decided("A-1"), IsNew: true);

    private static async Task<BulkStore> ApprovedAsync(RouterDatabase database, int count)
    {
        var store = await BulkStore.OpenAsync(database, default);
        await store.AddAsync(BulkSamples.Proposal, BulkSamples.Items(count), default);
        await store.SettleAsync(BulkSamples.Settled(ProposalState.Approved), default);
        return store;
    }
}
