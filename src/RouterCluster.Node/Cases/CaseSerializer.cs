using System.Diagnostics;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace RouterCluster.Node.Cases;

/// <summary>What nodes tell the one runner of decided lists.</summary>
public sealed class CaseSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-case = "RouterCluster.Node.Cases.CaseSerializer, RouterCluster.Node"
          serialization-bindings."RouterCluster.Node.Cases.BulkRunActor+Look, RouterCluster.Node" = router-case
        }
        """;

    private const string LookManifest = "BL1";

    public override int Identifier => 4207;

    public override string Manifest(object o) => o is BulkRunActor.Look
        ? LookManifest
        : throw new UnreachableException($"{o.GetType()} is not of cases.");

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, string manifest) => manifest == LookManifest
        ? BulkRunActor.Look.Instance
        : throw new SerializationException($"Cases know no manifest '{manifest}'.");
}
