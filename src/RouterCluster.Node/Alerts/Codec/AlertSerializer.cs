using Akka.Actor;
using RouterCluster.Node.Alerts.Codec.Sent;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Alerts.Codec;

/// <summary>What every node tells the one that evaluates the alerts.</summary>
public sealed class AlertSerializer(ExtendedActorSystem system) : MessageSerializer(system, Kinds)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-alerts = "RouterCluster.Node.Alerts.Codec.AlertSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Alerts.ReportNodeFigures, RouterCluster.Node" = router-alerts
          }
        }
        """;

    private static readonly MessageKind[] Kinds =
    [
        MessageKind.Of<ReportNodeFigures, SentNodeFigures>(
            "NF1", NodeFiguresCodec.ToSent, SentNodeFigures.Parser, NodeFiguresCodec.ToFigures),
    ];

    public override int Identifier => 4211;
}
