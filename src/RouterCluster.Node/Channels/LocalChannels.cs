using System.Collections.Concurrent;
using Akka.Actor;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels;

/// <summary>The channels that this node owns: their entities run here. Their gauges are this node's to export.</summary>
public sealed class LocalChannels
{
    private readonly ConcurrentDictionary<ChannelId, IActorRef> _channels = new();

    public bool AreNone => _channels.IsEmpty;

    public bool Has(ChannelId channel) => _channels.ContainsKey(channel);

    public void Opened(ChannelId channel, IActorRef entity) => _channels[channel] = entity;

    public void Closed(ChannelId channel, IActorRef entity) => _channels.TryRemove(KeyValuePair.Create(channel, entity));
}
