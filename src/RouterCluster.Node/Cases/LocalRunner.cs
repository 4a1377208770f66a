using Akka.Actor;

namespace RouterCluster.Node.Cases;

/// <summary>The cluster's one runner of decided lists, while it is on this node.</summary>
public sealed class LocalRunner
{
    private IActorRef? _runner;

    /// <summary>A runner on another node goes on. The next node starts one of its own when this one has left.</summary>
    public Task StopAsync(TimeSpan limit) => Volatile.Read(ref _runner)?.GracefulStop(limit) ?? Task.CompletedTask;

    internal void Started(IActorRef runner) => Volatile.Write(ref _runner, runner);

    internal void Stopped(IActorRef runner) => Interlocked.CompareExchange(ref _runner, null, runner);
}
