using System.Globalization;
using Akka.Cluster.Sharding;
using Akka.Util;

namespace RouterCluster.Node.Webhooks;

/// <summary>The number of shards is fixed, whatever the number of nodes.</summary>
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
