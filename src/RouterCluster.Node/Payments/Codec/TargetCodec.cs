using RouterCluster.Domain.Channels;
using RouterCluster.Node.Payments.Codec.Stored;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>Where attempts were sent. Missing from what was stored before it was kept.</summary>
internal static class TargetCodec
{
    public static StoredTarget? ToStored(ChannelTarget? target) => target is null ? null : new StoredTarget
    {
        Protocol = target.Protocol,
        Host = target.Host,
        MerchantId = target.MerchantId,
    };

    public static ChannelTarget? ToTarget(StoredTarget? stored) =>
        stored is null ? null : new ChannelTarget(stored.Protocol, stored.Host, stored.MerchantId);
}
