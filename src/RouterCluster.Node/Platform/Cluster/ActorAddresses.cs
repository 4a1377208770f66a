using Akka.Actor;
using Akka.Serialization;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>Actors' addresses in messages. Written with the node's own address when the message leaves the node.</summary>
public sealed class ActorAddresses(ExtendedActorSystem system)
{
    public static string ToWire(IActorRef actor) => actor.IsNobody() ? "" : Serialization.SerializedActorPath(actor);

    public IActorRef ToActor(string address) =>
        address.Length == 0 ? ActorRefs.Nobody : system.Provider.ResolveActorRef(address);
}
