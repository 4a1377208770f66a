using RouterCluster.Domain.Channels;
using RouterCluster.Node.Payments.Codec.Stored;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>An attempt's target; missing in payments that were stored before targets were kept.</summary>
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
