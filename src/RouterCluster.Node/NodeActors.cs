using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>
/// Starts the node's actors before its listeners open and stops them after the listeners have closed. Calls to payment
/// companies end earlier, side by side with the requests, because both may take their time.
/// </summary>
internal sealed class NodeActors(
    AkkaConfigurationBuilder configuration, IServiceProvider services, ILogger<AkkaHostedService> log,
    IHostApplicationLifetime lifetime, IReadOnlyActorRegistry actors, HttpSettings settings, LocalBooks books,
    Readiness readiness, TimeProvider clock)
    : AkkaHostedService(configuration, services, log, lifetime)
{
    /// <summary>Added to the time that entities have for their own end.</summary>
    private static readonly TimeSpan HandOverTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HandOverPoll = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _callsEnd = settings.DrainTimeout + HandOverTime;
    private Task? _callsEnded;
    private Task? _stopped;
    private bool _areStarted;

    private bool AreRunning => _areStarted && !ActorSystem!.WhenTerminated.IsCompleted;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        _areStarted = true;
        HostApplicationLifetime!.ApplicationStopping.Register(() =>
        {
            readiness.Drain();
            _ = StopCallsAsync();
        });
    }

    /// <summary>
    /// The host calls this each time that it is told to stop, also after a failed start or when the actors have ended.
    /// </summary>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        _stopped ??= AreRunning ? StopOnceAsync(cancellationToken) : base.StopAsync(cancellationToken);

    private Task StopCallsAsync() => _callsEnded ??= EndCallsAsync();

    /// <summary>
    /// Calls end first. The books stop when nobody sends them messages any more; merchants' lanes end their own calls in
    /// the meantime. The node leaves its cluster last.
    /// </summary>
    private async Task StopOnceAsync(CancellationToken cancellation)
    {
        actors.Get<BulkRunActor>().Tell(PoisonPill.Instance);
        var notifications = StopWebhooksAsync();
        await StopCallsAsync().ConfigureAwait(false);
        await HandOverAsync<IBookMessage>(HandOverTime).ConfigureAwait(false);
        await notifications.ConfigureAwait(false);
        await base.StopAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Books fall quiet first, so that they do not send to a second lane what a stopping lane returns. Then the lanes
    /// stop: waiting orders go back unsent, running calls may end, and the books still store and answer all of it.
    /// </summary>
    private async Task EndCallsAsync()
    {
        await books.FallQuietAsync(HandOverTime).ConfigureAwait(false);
        actors.Get<RouterActor>().Tell(new RouterActor.UseChannels(ActorRefs.Nobody));
        await HandOverAsync<IChannelMessage>(_callsEnd).ConfigureAwait(false);
    }

    /// <summary>A webhook that is still unanswered at the limit is sent again after the next start.</summary>
    private async Task StopWebhooksAsync()
    {
        await actors.Get<WebhookCallerActor>().GracefulStop(HandOverTime).ConfigureAwait(false);
        await HandOverAsync<WakeWebhooks>(_callsEnd).ConfigureAwait(false);
        ActorSystem!.Stop(actors.Get<WakeWebhooks>());
    }

    /// <summary>
    /// A region stops by itself once its shards have ended and no message waits for a shard. While a node starts, messages do
    /// wait, and the coordinator gives no shard to a region that stops; so a region without shards, in which nothing runs, is
    /// stopped from here.
    /// </summary>
    private async Task HandOverAsync<TMessage>(TimeSpan limit)
    {
        var region = actors.Get<TMessage>();
        var stopped = region.GracefulStop(limit, GracefulShutdown.Instance);
        while (!stopped.IsCompleted)
        {
            var state = StateOfAsync(region);
            await Task.WhenAny(stopped, state).ConfigureAwait(false);
            if (!stopped.IsCompleted && await state.ConfigureAwait(false) is { Shards.Count: 0, Failed.Count: 0 })
            {
                ActorSystem!.Stop(region);
                break;
            }

            await Task.WhenAny(stopped, Task.Delay(HandOverPoll, clock, CancellationToken.None)).ConfigureAwait(false);
        }

        try
        {
            await stopped.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Leaving the cluster stops the region in any case; open attempts are asked about after the next start.
        }
    }

    /// <summary>Null when the region does not answer in time, or has just ended.</summary>
    private static async Task<CurrentShardRegionState?> StateOfAsync(IActorRef region)
    {
        try
        {
            return await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, HandOverTime).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
