using RouterCluster.Actors.Lanes;
using RouterCluster.Actors.Settings;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Actors.Channels;

/// <summary>What every channel of a node shares.</summary>
public sealed record ChannelContext(
    LaneContext Lanes, IAccountVault Vault, Func<ChannelSettings, IChannelProtocol> ProtocolOf, TimeSpan DrainTimeout,
    string PublicUrl);
