using System.Diagnostics;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace RouterCluster.Node.Alerts.Codec;

/// <summary>Identifier and manifest go to other nodes and never change.</summary>
public sealed class AlertSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string FiguresManifest = "NF1";

    public const string Hocon = """
        akka.actor {
          serializers.router-alerts = "RouterCluster.Node.Alerts.Codec.AlertSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Alerts.ReportNodeFigures, RouterCluster.Node" = router-alerts
          }
        }
        """;

    public override int Identifier => 4211;

    public override string Manifest(object o) => o is ReportNodeFigures ? FiguresManifest
        : throw new UnreachableException($"{o.GetType()} is not for alerts.");

    public override byte[] ToBinary(object obj) => obj is ReportNodeFigures figures ? NodeFiguresCodec.Encode(figures)
        : throw new UnreachableException($"{obj.GetType()} is not for alerts.");

    public override object FromBinary(byte[] bytes, string manifest) => manifest == FiguresManifest
        ? NodeFiguresCodec.Decode(bytes)
        : throw new SerializationException($"Alerts know no manifest '{manifest}'.");
}
