using RouterCluster.Node.Channels;
using RouterCluster.Channels;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Host;

/// <summary>Makes channels' protocols from their settings.</summary>
internal static class Protocols
{
    /// <summary>A lane limits its calls itself: the HTTP client must never hold a queue of its own.</summary>
    private const int ConnectionsPerLane = 16_384;

    public static IChannelProtocol Connect(ChannelSettings channel, TimeProvider time) => ChannelProtocols.Create(
        channel.Protocol,
        new ChannelConnection(
            new Uri(channel.BaseUrl), channel.MerchantId, [.. channel.Secrets.Select(secret => secret.Value)],
            ConnectionsPerLane),
        time);
}
