using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>
/// The way to a book. One that is open on this node gets its message directly; the way through the shard region to any
/// other costs two more mailboxes, on other threads.
/// </summary>
internal sealed class NearBooks(LocalBooks local, IRequiredActor<IBookMessage> region) : IBooks
{
    public void Tell(object message, IActorRef? sender)
    {
        var book = message is IBookMessage { Book: var number } ? local.TakingOrNull(number) : null;
        (book ?? region.ActorRef).Tell(message, sender);
    }
}
