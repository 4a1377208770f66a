using System.Globalization;
using Akka.Cluster.Sharding;
using Akka.Util;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>Spreads entities over a number of shards that stays the same whatever the number of nodes.</summary>
internal sealed class HashedShards<TMessage>(int shards, Func<TMessage, string> entityOf) : IMessageExtractor
{
    public string? EntityId(object message) => message is TMessage own ? entityOf(own) : null;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id) : null;

    public string ShardId(string entityId, object? messageHint = null) =>
        ((uint)MurmurHash.StringHash(entityId) % (uint)shards).ToString(CultureInfo.InvariantCulture);
}
