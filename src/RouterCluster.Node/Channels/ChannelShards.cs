using System.Globalization;
using Akka.Cluster.Sharding;
using Akka.Util;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Channels;

/// <summary>The number of shards is fixed, whatever the number of nodes.</summary>
internal sealed class ChannelShards : IMessageExtractor
{
    public const string Region = "channel";
    private const int Shards = 128;

    public string? EntityId(object message) => (message as IChannelMessage)?.Channel.Value;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id) : null;

    public string ShardId(string entityId, object? messageHint = null) =>
        ((uint)MurmurHash.StringHash(entityId) % Shards).ToString(CultureInfo.InvariantCulture);
}
