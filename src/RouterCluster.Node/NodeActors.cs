using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>
/// Starts the node's actors before its listeners open and stops them after the listeners have closed. What other nodes can
/// take over moves before anything is refused. Calls to payment companies end earlier than the actors, side by side with
/// the requests, because both may take their time.
/// </summary>
internal sealed class NodeActors(
    AkkaConfigurationBuilder configuration, IServiceProvider services, ILogger<AkkaHostedService> log,
    IHostApplicationLifetime lifetime, IReadOnlyActorRegistry actors, HttpSettings settings, LocalBooks books,
    LocalChannels channels, IWebhooks webhooks, LocalRunner runner, DrainingNodes draining, INodeLeases leases,
    Readiness readiness, TimeProvider clock)
    : AkkaHostedService(configuration, services, log, lifetime), IHostedLifecycleService
{
    /// <summary>Added to the time that entities have for their own end.</summary>
    private static readonly TimeSpan HandOverTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HandOverPoll = TimeSpan.FromMilliseconds(100);

    private readonly Lock _leaving = new();
    private TimeSpan _callsEnd = settings.DrainTimeout + HandOverTime;
    private Task? _left;
    private Task? _callsEnded;
    private Task? _stopped;
    private bool _areStarted;

    private bool AreRunning => _areStarted && !ActorSystem!.WhenTerminated.IsCompleted;

    /// <summary>A node that has lost its row may have been replaced, and hands nothing over.</summary>
    private bool MayHandOver => AreRunning && leases.MaySend && draining.OthersTake(Cluster.Get(ActorSystem!));

    /// <summary>From the signal until the last request is cut off.</summary>
    public static TimeSpan LongestEnd(HttpSettings settings) => settings.DrainTimeout + HandOverTime;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        _areStarted = true;
        HostApplicationLifetime!.ApplicationStopping.Register(() => _ = LeaveAsync());
    }

    /// <summary>The host calls this while the listeners still take requests, and waits for it.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => LeaveAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The host calls this each time that it is told to stop, also after a failed start or when the actors have ended.
    /// </summary>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        _stopped ??= AreRunning ? StopOnceAsync(cancellationToken) : base.StopAsync(cancellationToken);

    private Task LeaveAsync()
    {
        lock (_leaving)
        {
            return _left ??= LeaveOnceAsync();
        }
    }

    /// <summary>Load balancers look elsewhere and other nodes take over; only then requests are refused.</summary>
    private async Task LeaveOnceAsync()
    {
        readiness.Leaves(true);
        var startedAt = clock.GetTimestamp();
        if (MayHandOver)
        {
            await Task.WhenAll(Task.Delay(settings.StopDelay, clock), MoveAwayAsync()).ConfigureAwait(false);
        }
        else if (settings.StopDelay > TimeSpan.Zero)
        {
            await Task.Delay(settings.StopDelay, clock).ConfigureAwait(false);
        }

        var left = _callsEnd - clock.GetElapsedTime(startedAt);
        _callsEnd = left > HandOverTime ? left : HandOverTime;
        readiness.Drain();
        _ = StopCallsAsync();
    }

    /// <summary>The node sends on what comes to it meanwhile. What has not moved in time stops with the node.</summary>
    private async Task MoveAwayAsync()
    {
        var startedAt = clock.GetTimestamp();
        ActorSystem!.ActorSelection($"/user/{DrainActor.Name}").Tell(new SetDraining(true));
        while (clock.GetElapsedTime(startedAt) < settings.DrainTimeout && MayHandOver
            && await OwnsAnythingAsync().ConfigureAwait(false))
        {
            await Task.Delay(HandOverPoll, clock).ConfigureAwait(false);
        }
    }

    private async Task<bool> OwnsAnythingAsync()
    {
        IActorRef[] regions =
        [
            actors.Get<IBookMessage>(), actors.Get<IChannelMessage>(), actors.Get<IGatewayMessage>(), actors.Get<WakeWebhooks>(),
        ];
        var states = await Task.WhenAll(regions.Select(StateOfAsync)).ConfigureAwait(false);
        return !states.All(state => state is { Shards.Count: 0, Failed.Count: 0 });
    }

    private Task StopCallsAsync() => _callsEnded ??= EndCallsAsync();

    /// <summary>
    /// Calls end first. The books stop when nobody sends them messages any more; merchants' lanes end their own calls in
    /// the meantime. The node leaves its cluster last.
    /// </summary>
    private async Task StopOnceAsync(CancellationToken cancellation)
    {
        var running = runner.StopAsync(HandOverTime);
        var notifications = StopWebhooksAsync();
        await StopCallsAsync().ConfigureAwait(false);
        await EndedAsync(running).ConfigureAwait(false);
        await HandOverAsync<IBookMessage>(HandOverTime).ConfigureAwait(false);
        await HandOverAsync<IGatewayMessage>(HandOverTime).ConfigureAwait(false);
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
        await HandOverAsync<IChannelMessage>(_callsEnd, () => channels.AreNone).ConfigureAwait(false);
    }

    /// <summary>A webhook that is still unanswered at the limit is sent again after the next start.</summary>
    private async Task StopWebhooksAsync()
    {
        await actors.Get<WebhookCallerActor>().GracefulStop(HandOverTime).ConfigureAwait(false);
        await HandOverAsync<WakeWebhooks>(_callsEnd, () => webhooks.Backlogs.Count == 0).ConfigureAwait(false);
        ActorSystem!.Stop(actors.Get<WakeWebhooks>());
    }

    /// <summary>
    /// A region stops by itself once its shards have ended and no message waits for a shard. While a node starts, messages do
    /// wait, and the coordinator gives no shard to a region that stops; so a region without shards is stopped from here. So is
    /// one in which nothing runs: a shard that still reads what it remembers says nothing, and does not end before it has.
    /// </summary>
    private async Task HandOverAsync<TMessage>(TimeSpan limit, Func<bool>? runsNothing = null)
    {
        var region = actors.Get<TMessage>();
        var stopped = region.GracefulStop(limit, GracefulShutdown.Instance);
        while (!stopped.IsCompleted)
        {
            var state = StateOfAsync(region);
            await Task.WhenAny(stopped, state).ConfigureAwait(false);
            if (!stopped.IsCompleted
                && (await state.ConfigureAwait(false) is { Shards.Count: 0, Failed.Count: 0 } || runsNothing?.Invoke() == true))
            {
                ActorSystem!.Stop(region);
                break;
            }

            await Task.WhenAny(stopped, Task.Delay(HandOverPoll, clock, CancellationToken.None)).ConfigureAwait(false);
        }

        // Leaving the cluster stops the region in any case; open attempts are asked about after the next start.
        await EndedAsync(stopped).ConfigureAwait(false);
    }

    /// <summary>An actor that has not stopped within its limit stops with the others.</summary>
    private static async Task EndedAsync(Task stopped)
    {
        try
        {
            await stopped.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // There is nothing left to wait for.
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
