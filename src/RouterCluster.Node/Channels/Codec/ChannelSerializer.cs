using System.Diagnostics;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Channels.Codec;

/// <summary>The channels' journal rows and snapshots. Identifier and manifests stand in every row and never change.</summary>
public sealed class ChannelSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string EventManifest = "CE1";
    public const string SnapshotManifest = "CS1";

    public const string Hocon = """
        akka.actor {
          serializers.router-channel = "RouterCluster.Node.Channels.Codec.ChannelSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Domain.Channels.ChannelEvent, RouterCluster.Domain" = router-channel
            "RouterCluster.Domain.Channels.ChannelSnapshot, RouterCluster.Domain" = router-channel
          }
        }
        """;

    public override int Identifier => 4202;

    public override string Manifest(object o) => o switch
    {
        ChannelEvent => EventManifest,
        ChannelSnapshot => SnapshotManifest,
        _ => throw new UnreachableException($"{o.GetType()} is not a channel's."),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        ChannelEvent @event => ChannelCodec.Encode(@event),
        ChannelSnapshot snapshot => ChannelSnapshotCodec.Encode(snapshot),
        _ => throw new UnreachableException($"{obj.GetType()} is not a channel's."),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        EventManifest => ChannelCodec.DecodeEvent(bytes),
        SnapshotManifest => ChannelSnapshotCodec.Decode(bytes),
        _ => throw new SerializationException($"A channel knows no manifest '{manifest}'."),
    };
}
