using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels;

/// <summary>What every channel of a node shares.</summary>
public sealed record ChannelContext(
    LaneContext Lanes, IAccountVault Vault, Func<ChannelSettings, IChannelProtocol> ProtocolOf, TimeSpan DrainTimeout,
    string PublicUrl);
