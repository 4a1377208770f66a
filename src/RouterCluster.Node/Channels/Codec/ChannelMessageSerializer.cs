using Akka.Actor;
using RouterCluster.Node.Channels.Codec.Wire;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Channels.Codec;

/// <summary>Messages to channels, and of channels to routers and operators.</summary>
public sealed class ChannelMessageSerializer(ExtendedActorSystem system)
    : MessageSerializer(system, KindsOf(new ChannelMessageCodec(new ActorAddresses(system))))
{
    public const string Hocon = """
        akka.actor {
          serializers.router-channel-messages =
            "RouterCluster.Node.Channels.Codec.ChannelMessageSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Channels.Messages.IChannelMessage, RouterCluster.Node" = router-channel-messages
            "RouterCluster.Node.Channels.Messages.IChannelNews, RouterCluster.Node" = router-channel-messages
          }
        }
        """;

    public override int Identifier => 4206;

    private static MessageKind[] KindsOf(ChannelMessageCodec codec) =>
    [
        MessageKind.Of<SubscribeToReports, WireSubscribe>(
            "CR1", ChannelMessageCodec.ToWire, WireSubscribe.Parser, ChannelMessageCodec.ToMessage),
        MessageKind.Of<ChangeChannel, WireChange>(
            "CC1", ChannelMessageCodec.ToWire, WireChange.Parser, ChannelMessageCodec.ToMessage),
        MessageKind.Of<ChannelChangeDone, WireChangeDone>(
            "CD1", ChannelMessageCodec.ToWire, WireChangeDone.Parser, ChannelMessageCodec.ToMessage),
        MessageKind.Of<ChannelChangeRefused, WireChangeRefused>(
            "CF1", ChannelMessageCodec.ToWire, WireChangeRefused.Parser, ChannelMessageCodec.ToMessage),
        MessageKind.Of<ChannelReported, WireReported>("CN1", ChannelMessageCodec.ToWire, WireReported.Parser, codec.ToMessage),
        MessageKind.Of<ChannelHistory, WireHistory>(
            "CH1", ChannelMessageCodec.ToWire, WireHistory.Parser, ChannelMessageCodec.ToMessage),
    ];
}
