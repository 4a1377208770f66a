using Akka.Actor;
using Akka.Dispatch;
using RouterCluster.Node.Platform.Dispatch;

namespace RouterCluster.Node.Tests.Platform.Dispatch;

/// <summary>Every mailbox is run, once, also when others stand still; and several need one work item.</summary>
public sealed class TurnExecutorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_comes_from_many_threads_runs_once(int workers)
    {
        const int Senders = 4;
        const int Each = 20_000;
        var executor = new TurnExecutor("test", workers);
        var runs = new int[Senders * Each];
        using var all = new CountdownEvent(runs.Length);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                var number = (sender * Each) + i;
                executor.Execute(new ActionRunnable(() =>
                {
                    Interlocked.Increment(ref runs[number]);
                    all.Signal();
                }));
            }
        })));

        Assert.True(await Task.Run(() => all.Wait(Patience)));
        Assert.All(runs, run => Assert.Equal(1, run));
    }

    [Fact]
    public async Task What_a_mailbox_wakes_last_runs_although_nobody_comes_after_it()
    {
        var executor = new TurnExecutor("test", 1);
        for (var round = 0; round < 2_000; round++)
        {
            var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            executor.Execute(new ActionRunnable(() => executor.Execute(new ActionRunnable(woken.SetResult))));
            await woken.Task.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task Mailboxes_go_on_while_as_many_as_there_are_workers_stand_still()
    {
        var executor = new TurnExecutor("test", 2);
        using var goOn = new ManualResetEventSlim();
        for (var i = 0; i < 2; i++)
        {
            executor.Execute(new ActionRunnable(() => goOn.Wait(Patience)));
        }

        var ran = Enumerable.Range(0, 8).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .ToList();
        foreach (var one in ran)
        {
            executor.Execute(new ActionRunnable(one.SetResult));
        }

        await Task.WhenAll(ran.Select(one => one.Task)).WaitAsync(Patience);
        goOn.Set();
    }

    [Fact]
    public async Task Actors_run_on_it()
    {
        using var system = ActorSystem.Create("turns", TurnExecutorConfigurator.Hocon);
        var chain = Enumerable.Range(0, 1_000).Aggregate(
            ActorRefs.Nobody as IActorRef, (next, _) => system.ActorOf(Props.Create(() => new Link(next))));
        Assert.Equal("done", await chain.Ask<string>("pass on", Patience));
        await system.Terminate();
    }

    /// <summary>Passes the question on; the last answers.</summary>
    private sealed class Link : ReceiveActor
    {
        public Link(IActorRef next) => ReceiveAny(message =>
        {
            if (next.IsNobody())
            {
                Sender.Tell("done");
            }
            else
            {
                next.Forward(message);
            }
        });
    }
}
