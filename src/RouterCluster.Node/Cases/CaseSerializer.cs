using Akka.Actor;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Cases;

/// <summary>What nodes tell the one runner of decided lists.</summary>
public sealed class CaseSerializer(ExtendedActorSystem system) : MessageSerializer(system, Kinds)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-case = "RouterCluster.Node.Cases.CaseSerializer, RouterCluster.Node"
          serialization-bindings."RouterCluster.Node.Cases.BulkRunActor+Look, RouterCluster.Node" = router-case
        }
        """;

    private static readonly MessageKind[] Kinds =
        [new(typeof(BulkRunActor.Look), "BL1", _ => [], _ => BulkRunActor.Look.Instance)];

    public override int Identifier => 4207;
}
