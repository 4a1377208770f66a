using System.Globalization;
using System.Net;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Util;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

/// <summary>A node's lanes: their region, who speaks to it, and the port to them.</summary>
/// <param name="Caller">Everybody speaks to the region through it, so that nobody does once it has stopped.</param>
public sealed record NotificationLanes(IActorRef Region, IActorRef Caller, INotifications Desk)
{
    /// <summary>
    /// Starts the region. Sharding keeps a merchant's lane on one node of the cluster; every node calls for the lanes of
    /// all merchants. A merchant without a secret has none.
    /// </summary>
    public static NotificationLanes Start(
        ActorSystem system, NotificationSettings settings, IEnumerable<MerchantSettings> allMerchants, OwnListeners own,
        RouterDatabase database, RouterMetrics metrics, RouterClock clock, int seed)
    {
        var merchants = allMerchants.Where(merchant => merchant.MayBeNotified).ToDictionary(merchant => merchant.Id);
        var context = new NotificationContext(
            new NotificationOutbox(database), new NotificationBoard(), metrics, clock, settings.Policy,
            settings.Poll, settings.Retention, seed);
        var region = ClusterSharding.Get(system).Start(
            NotificationShards.Region,
            id => LaneOf(merchants[new MerchantId(id)], settings.Timeout, own, context),
            ClusterShardingSettings.Create(system),
            new NotificationShards(),
            ClusterSharding.Get(system).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)),
            StopNotifications.Instance);
        var caller = system.ActorOf(
            NotificationCallerActor.Props(region, merchants.Keys, settings.Poll), "notification-caller");
        return new NotificationLanes(
            region, caller, new NotificationDesk(context.Outbox, new NotificationLog(database), context.Board, caller, clock));
    }

    private static Props LaneOf(MerchantSettings merchant, TimeSpan timeout, OwnListeners own, NotificationContext context)
    {
        var connection = new GuardedConnection(merchant.NotifyAllow, own, Dns.GetHostAddressesAsync);
        return Props.CreateBy(new LaneProducer(merchant, connection, timeout, context));
    }

    /// <summary>A lane that starts again gets a sender of its own: the one before took its sender with it.</summary>
    private sealed class LaneProducer(
        MerchantSettings merchant, GuardedConnection connection, TimeSpan timeout, NotificationContext context)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(NotificationLaneEntity);

        public ActorBase Produce() => new NotificationLaneEntity(
            merchant.Id, new WebhookSender(merchant, connection, timeout, context.Clock.Provider), context);

        public void Release(ActorBase actor)
        {
        }
    }
}

/// <summary>A fixed number of shards, whatever the number of nodes.</summary>
internal sealed class NotificationShards : IMessageExtractor
{
    public const string Region = "notifications";
    private const int Shards = 32;

    public string? EntityId(object message) => (message as WakeNotifications)?.Merchant.Value;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id) : null;

    public string ShardId(string entityId, object? messageHint = null) =>
        ((uint)MurmurHash.StringHash(entityId) % Shards).ToString(CultureInfo.InvariantCulture);
}
