using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Actors.Channels;
using RouterCluster.Actors.Payments;
using RouterCluster.Actors.Time;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Actors.Routing;

/// <summary>
/// One per node, and asked by its node's books only: carries a <see cref="RoutingTable"/> that folds what the channels
/// tell, so that a route costs no hop to another node.
/// </summary>
public sealed class RouterActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan SubscribeEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(200);

    private readonly RoutingTable _table;
    private readonly IReadOnlyList<ChannelId> _channels;
    private readonly ChannelBoard _board;
    private readonly RouterClock _clock;
    private readonly Random _random;
    private IActorRef _region = ActorRefs.Nobody;

    /// <param name="seed">Of the draws, so that a run can be repeated.</param>
    public RouterActor(RoutingTable table, IReadOnlyList<ChannelId> channels, ChannelBoard board, RouterClock clock, int seed)
    {
        _table = table;
        _channels = channels;
        _board = board;
        _clock = clock;
        _random = new Random(seed);
        Receive<AskRoute>(ask => Sender.Tell(
            new RouteAnswered(ask.RouteId, _table.Choose(ask.Request, _random.NextDouble(), _clock.Monotonic))));
        Receive<SettleRoute>(settle => _table.Settle(settle.Channel, settle.Merchant, _clock.Monotonic));
        Receive<ChannelTold>(told =>
        {
            _board.Write(told);
            _table.Fold(told.Report, _clock.Monotonic);
        });
        Receive<UseChannels>(use =>
        {
            _region = use.Region;
            Subscribe();
        });
        Receive<SubscribeAgain>(_ => Subscribe());
        Receive<Publish>(_ => _board.Write(_channels.ToImmutableDictionary(id => id, id => _table.Standing(id, _clock.Monotonic))));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        RoutingTable table, IReadOnlyList<ChannelId> channels, ChannelBoard board, RouterClock clock, int seed) =>
        Akka.Actor.Props.Create(() => new RouterActor(table, channels, board, clock, seed));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(SubscribeAgain), SubscribeAgain.Instance, SubscribeEvery);
        Timers.StartPeriodicTimer(nameof(Publish), Publish.Instance, PublishEvery);
    }

    /// <summary>Also wakes channels that no node has started yet, and finds those that moved.</summary>
    private void Subscribe()
    {
        foreach (var channel in _channels)
        {
            _region.Tell(new SubscribeToReports(channel, Self));
        }
    }

    /// <summary>The channels' shard region.</summary>
    public sealed record UseChannels(IActorRef Region) : INoSerializationVerificationNeeded;

    private sealed record SubscribeAgain : INoSerializationVerificationNeeded
    {
        public static readonly SubscribeAgain Instance = new();
    }

    private sealed record Publish : INoSerializationVerificationNeeded
    {
        public static readonly Publish Instance = new();
    }
}
