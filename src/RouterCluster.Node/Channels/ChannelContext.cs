using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Claims;

namespace RouterCluster.Node.Channels;

public sealed record ChannelContext(
    LaneContext Lanes, ClaimContext Claims, IAccountVault Vault, Func<ChannelSettings, IChannelProtocol> ProtocolOf,
    TimeSpan DrainTimeout, string PublicUrl);
