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

    /// <summary>The proxy, which every node has, would not stop it; nor may a node stop another node's runner.</summary>
    [Fact]
    public async Task A_node_that_stops_ends_its_own_runner_and_no_other()
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
        var limit = TimeSpan.FromSeconds(30);
        await nodes.Second.GetRequiredService<LocalRunner>().StopAsync(limit);
        await store.AddAsync(BulkSamples.Proposal, BulkSamples.Items(2), default);
        await store.SettleAsync(BulkSamples.Settled(ProposalState.Approved), default);
        nodes.Second.GetRequiredService<IRequiredActor<BulkRunActor>>().ActorRef.Tell(BulkRunActor.Look.Instance);
        await WholeNode.EventuallyAsync(async () => (await store.UnfinishedAsync(default)).Count == 0);

        var system = nodes.First.GetRequiredService<ActorSystem>();
        var runner = await system.ActorSelection("/user/bulk-decisions/*").ResolveOne(limit);
        await nodes.First.GetRequiredService<LocalRunner>().StopAsync(limit);

        await Assert.ThrowsAsync<ActorNotFoundException>(
            () => system.ActorSelection(runner.Path).ResolveOne(TimeSpan.FromSeconds(1)));
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
