using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace RouterCluster.Node.Platform.Dispatch;

public sealed class TurnExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public static readonly string Hocon =
        $"akka.actor.default-dispatcher.executor = \"{typeof(TurnExecutorConfigurator).AssemblyQualifiedName}\"";

    public override ExecutorService Produce(string id) => new TurnExecutor(id, Environment.ProcessorCount);
}

/// <summary>
/// Runs mailboxes on the thread pool, many for one work item. A payment passes through a dozen mailboxes that wake each
/// other one by one: a work item for each wakes a thread for each, which costs more than what the actors do.
/// </summary>
/// <remarks>
/// A worker that has taken its turn goes to the end of the pool's queue, so that sockets are served meanwhile. Where
/// mailboxes gather because workers stand still, more workers come.
/// </remarks>
/// <param name="workers">That run at once as long as none stands still.</param>
public sealed class TurnExecutor(string id, int workers) : ExecutorService(id), IThreadPoolWorkItem
{
    private const int MailboxesInATurn = 8;

    /// <summary>More wait because no worker comes to them.</summary>
    private const int MayWait = 4;
    private const int HelpersOfStandingWorkers = 4;

    [ThreadStatic]
    private static TurnExecutor? _runsHere;

    private readonly ConcurrentQueue<IRunnable> _waiting = new();
    private int _running;

    public override void Execute(IRunnable run)
    {
        _waiting.Enqueue(run);
        if (_waiting.Count > MayWait)
        {
            StartWorker(workers + HelpersOfStandingWorkers);
        }
        else if (_runsHere != this)
        {
            StartWorker(workers);
        }
    }

    public override void Shutdown()
    {
        // Workers end with the last mailbox.
    }

    void IThreadPoolWorkItem.Execute()
    {
        _runsHere = this;
        for (var ran = 0; ran < MailboxesInATurn && _waiting.TryDequeue(out var run); ran++)
        {
            run.Run();
        }

        _runsHere = null;
        Interlocked.Decrement(ref _running);
        if (!_waiting.IsEmpty)
        {
            StartWorker(workers);
        }
    }

    private void StartWorker(int most)
    {
        // A worker that ends looks for mailboxes after it has counted itself out; here the order is the other way round.
        Interlocked.MemoryBarrier();
        var running = _running;
        while (running < most)
        {
            var seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            running = seen;
        }
    }
}
