using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Channels;

/// <summary>Creates a channel's protocol; a node calls it once for each channel and use.</summary>
public delegate IChannelProtocol ConnectChannel(ChannelSettings channel, TimeProvider time);
