using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Claims;

namespace RouterCluster.Node.Channels;

public sealed record ChannelContext(
    LaneContext Lanes, ClaimContext Claims, IAccountVault Vault, Func<ChannelSettings, IChannelProtocol> ProtocolOf,
    TimeSpan DrainTimeout, string PublicUrl)
{
    /// <summary>From a router's choice, over the commit of the attempt, to the order in its lane on another node.</summary>
    public TimeSpan OrdersArriveWithin { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The region of all channels, which finds a channel's next owner.</summary>
    public Func<IActorRef> Region { get; init; } = () => ActorRefs.Nobody;

    public LocalChannels Local { get; init; } = new();

    /// <summary>The channel as configured now; null: it is not configured any more.</summary>
    public Func<ChannelId, ChannelSettings?>? Configured { get; init; }
}
