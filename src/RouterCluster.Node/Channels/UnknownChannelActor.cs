using Akka.Actor;

namespace RouterCluster.Node.Channels;

/// <summary>
/// In place of a channel that this node's configuration does not have (any more, or yet: another node was told earlier).
/// Whoever asks for the channel asks again.
/// </summary>
internal sealed class UnknownChannelActor : ReceiveActor
{
    public UnknownChannelActor() => ReceiveAny(_ => Context.Stop(Self));
}
