using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// Bound to every type without a codec. Akka's own fallback writes private fields as it finds them and reads back an object
/// that looks right and is not; this one refuses, and the message is a logged error.
/// </summary>
public sealed class NoCodec(ExtendedActorSystem system) : Serializer(system)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-no-codec = "RouterCluster.Node.Platform.Cluster.NoCodec, RouterCluster.Node"
          serialization-bindings { "System.Object" = router-no-codec }
        }
        """;

    public override int Identifier => 4200;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new SerializationException(
        $"{obj.GetType()} has no codec, so it can be neither sent to another node nor stored.");

    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("Nothing was ever written without a codec.");
}
