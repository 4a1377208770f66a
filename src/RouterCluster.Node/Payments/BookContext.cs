using System.Buffers;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>What every book of a node shares.</summary>
/// <param name="Router">The node's own router.</param>
/// <param name="Notifications">The shard region of merchants' lanes, which hear of new rows at once.</param>
public sealed record BookContext(
    BookRules Rules, BookSettings Settings, RouterClock Clock, IActorRef Router, ChannelBoard Board, PaymentReadModel ReadModel,
    RouterMetrics Metrics, IActorRef Notifications)
{
    public LocalBooks Books { get; init; } = new();

    public required CommitSubscribers Subscribers { get; init; }

    /// <summary>The node's, so that a book that comes and goes with its storage says so once.</summary>
    public Troubles Troubles { get; init; } = new();
}

/// <summary>The codec, as the book uses it: an event that cannot be encoded is refused, not thrown.</summary>
public sealed class BookEventEncoder : IPaymentEventEncoder
{
    public static readonly BookEventEncoder Instance = new();

    public bool TryEncode(PaymentId id, PaymentEvent @event, IBufferWriter<byte> to)
    {
        try
        {
            PaymentEventCodec.Encode(id, @event, to);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
