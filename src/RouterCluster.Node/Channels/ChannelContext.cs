using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels;

public sealed record ChannelContext(
    LaneContext Lanes, IAccountVault Vault, Func<ChannelSettings, IChannelProtocol> ProtocolOf, TimeSpan DrainTimeout,
    string PublicUrl);
