using Akka.Actor;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>Tells a node that wants to join what the nodes of this cluster agree on. Texts need no codec between nodes.</summary>
internal sealed class JoinCheckActor : ReceiveActor
{
    public const string Name = "join-check";
    public const string Question = "stamp?";

    public JoinCheckActor(JoinStamp stamp) =>
        Receive<string>(question => question == Question, _ => Sender.Tell(stamp.Text));

    public static Props Props(JoinStamp stamp) => Akka.Actor.Props.Create(() => new JoinCheckActor(stamp));
}
