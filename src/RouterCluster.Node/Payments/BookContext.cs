using System.Buffers;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <param name="Notifications">The shard region of merchants' lanes, which are told of new rows at once.</param>
public sealed record BookContext(
    BookRules Rules, BookSettings Settings, RouterClock Clock, IActorRef Router, ChannelReports Channels,
    PaymentReadModel ReadModel, RouterMetrics Metrics, IActorRef Notifications)
{
    public LocalBooks Books { get; init; } = new();

    /// <summary>The region of all books, which finds a book's next owner.</summary>
    public Func<IActorRef> Region { get; init; } = () => ActorRefs.Nobody;

    public required CommitSubscribers Subscribers { get; init; }

    public PaymentSpans Spans { get; init; } = PaymentSpans.Off;

    /// <summary>Shared by the node, so that a book that restarts with its storage logs its trouble once.</summary>
    public Troubles Troubles { get; init; } = new();
}

/// <summary>Refuses an event that cannot be encoded, instead of throwing.</summary>
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
