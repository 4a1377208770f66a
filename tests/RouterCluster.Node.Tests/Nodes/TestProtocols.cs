using RouterCluster.Node.Channels;
using RouterCluster.Channels;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Channels' real protocols, with few connections each.</summary>
internal static class TestProtocols
{
    private const int Connections = 64;

    public static IChannelProtocol Connect(ChannelSettings channel, TimeProvider time) => ChannelProtocols.Create(
        channel.Protocol,
        new ChannelConnection(
            new Uri(channel.BaseUrl), channel.MerchantId, [.. channel.Secrets.Select(secret => secret.Value)], Connections),
        time);
}
