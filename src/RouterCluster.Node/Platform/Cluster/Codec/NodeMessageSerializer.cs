using Akka.Actor;
using RouterCluster.Node.Platform.Cluster.Codec.Sent;

namespace RouterCluster.Node.Platform.Cluster.Codec;

/// <summary>What nodes tell each other of themselves.</summary>
public sealed class NodeMessageSerializer(ExtendedActorSystem system) : MessageSerializer(system, Kinds)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-node = "RouterCluster.Node.Platform.Cluster.Codec.NodeMessageSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Platform.Cluster.SetDraining, RouterCluster.Node" = router-node
            "RouterCluster.Node.Platform.Cluster.NodeDraining, RouterCluster.Node" = router-node
            "RouterCluster.Node.Platform.Cluster.GetReadiness, RouterCluster.Node" = router-node
            "RouterCluster.Node.Platform.Cluster.NodeReadiness, RouterCluster.Node" = router-node
          }
        }
        """;

    private static readonly MessageKind[] Kinds =
    [
        MessageKind.Of<SetDraining, SentSetDraining>(
            "DS1", set => new SentSetDraining { IsDraining = set.IsDraining }, SentSetDraining.Parser,
            sent => new SetDraining(sent.IsDraining)),
        MessageKind.Of<NodeDraining, SentNodeDraining>(
            "ND1",
            told => new SentNodeDraining { Node = $"{told.Node}", Run = told.Run, IsDraining = told.IsDraining },
            SentNodeDraining.Parser, ToDraining),
        MessageKind.Of<GetReadiness, SentGetReadiness>(
            "GR1", _ => new SentGetReadiness(), SentGetReadiness.Parser, _ => GetReadiness.Instance),
        MessageKind.Of<NodeReadiness, SentNodeReadiness>(
            "NR1", told => new SentNodeReadiness { Problem = told.Problem ?? "" }, SentNodeReadiness.Parser,
            sent => new NodeReadiness(sent.Problem.Length > 0 ? sent.Problem : null)),
    ];

    public override int Identifier => 4212;

    private static NodeDraining ToDraining(SentNodeDraining sent) => ActorPath.TryParseAddress(sent.Node, out var node)
        ? new NodeDraining(node, sent.Run, sent.IsDraining)
        : throw new InvalidDataException($"'{sent.Node}' is no node's address");
}
