using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Channels;

/// <summary>Makes the protocol that speaks with a channel's company; a node calls it once for each channel and use.</summary>
public delegate IChannelProtocol ConnectChannel(ChannelSettings channel, TimeProvider time);
