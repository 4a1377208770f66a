using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;

namespace RouterCluster.Node.Tests.Cases;

public sealed class OneRunnerTests
{
    [Fact]
    public async Task A_list_approved_on_either_node_is_taken_to_the_books_once()
    {
        using var storage = await TestStorage.OnSqlite();
        await using var database = RouterDatabase.Open(storage.Address);
        var store = await BulkStore.OpenAsync(database, default);
        var asked = new ConcurrentQueue<PaymentId>();
        await using var nodes = await TwoNodes.StartAsync(
            services => services.AddSingleton(store).AddSingleton<LocalRunner>()
                .AddSingleton(new CaseSettings(TimeSpan.FromHours(24), 100, BulkBatch: 2)),
            (akka, provider) => akka
                .WithActors((system, registry) =>
                    registry.Register<IBookMessage>(system.ActorOf(Props.Create(() => new Books(asked)))))
                .WithCases(provider));
        await store.AddAsync(BulkSamples.Proposal, BulkSamples.Items(5), default);
        await store.SettleAsync(BulkSamples.Settled(ProposalState.Approved), default);

        nodes.Second.GetRequiredService<IRequiredActor<BulkRunActor>>().ActorRef.Tell(BulkRunActor.Look.Instance);
        nodes.First.GetRequiredService<IRequiredActor<BulkRunActor>>().ActorRef.Tell(BulkRunActor.Look.Instance);

        await WholeNode.EventuallyAsync(async () => (await store.UnfinishedAsync(default)).Count == 0);
        Assert.Equal(BulkSamples.Items(5).Select(item => item.Payment), asked);
    }

    private sealed class Books : ReceiveActor
    {
        public Books(ConcurrentQueue<PaymentId> asked) => Receive<DecideInBook>(decide =>
        {
            asked.Enqueue(decide.Request.Id);
            ((IActorRef)decide.Request.Caller.Address).Tell(new BookAnswered(
                decide.Request.Caller.Request, new BookAnswer.Stored(PaymentSamples.Decided("A-1"), IsNew: true)));
        });
    }
}
