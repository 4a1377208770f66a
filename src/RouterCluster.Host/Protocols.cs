using RouterCluster.Node.Channels;
using RouterCluster.Channels;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Host;

internal static class Protocols
{
    /// <summary>The lane limits its calls; the HTTP client must never queue any.</summary>
    private const int ConnectionsPerLane = 16_384;

    public static IChannelProtocol Connect(ChannelSettings channel, TimeProvider time) => ChannelProtocols.Create(
        channel.Protocol,
        new ChannelConnection(
            new Uri(channel.BaseUrl), channel.MerchantId, [.. channel.Secrets.Select(secret => secret.Value)],
            ConnectionsPerLane),
        time);
}
