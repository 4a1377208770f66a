using System.Collections.Concurrent;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Claims;

/// <summary>The calls that run on this node, by channel. They outlive the channels' entities, and so does this.</summary>
public sealed class LocalCalls
{
    private readonly ConcurrentDictionary<ChannelId, CallsOut> _calls = new();

    public CallsOut Of(ChannelId channel) => _calls.GetOrAdd(channel, _ => new CallsOut());
}
