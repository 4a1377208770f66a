using Akka.Actor;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>Messages to books and their answers.</summary>
public sealed class BookMessageSerializer(ExtendedActorSystem system)
    : MessageSerializer(system, KindsOf(new BookMessageCodec(new ActorAddresses(system))))
{
    public const string Hocon = """
        akka.actor {
          serializers.router-book-messages = "RouterCluster.Node.Payments.Codec.BookMessageSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Node.Payments.Messages.IBookMessage, RouterCluster.Node" = router-book-messages
            "RouterCluster.Node.Payments.Messages.BookAnswered, RouterCluster.Node" = router-book-messages
          }
        }
        """;

    public override int Identifier => 4203;

    private static MessageKind[] KindsOf(BookMessageCodec codec) =>
    [
        MessageKind.Of<AcceptInBook, WireAccept>("BA1", BookMessageCodec.ToWire, WireAccept.Parser, codec.ToMessage),
        MessageKind.Of<GetFromBook, WireGet>("BG1", BookMessageCodec.ToWire, WireGet.Parser, codec.ToMessage),
        MessageKind.Of<DecideInBook, WireDecision>("BD1", BookMessageCodec.ToWire, WireDecision.Parser, codec.ToMessage),
        MessageKind.Of<AskInBook, WireGet>("BK1", BookMessageCodec.ToWire, WireGet.Parser, codec.ToAsk),
        MessageKind.Of<CancelInBook, WireGet>("BC1", BookMessageCodec.ToWire, WireGet.Parser, codec.ToCancel),
        MessageKind.Of<ReportToBook, WireReport>("BR1", ReportCodec.ToWire, WireReport.Parser, ReportCodec.ToMessage),
        MessageKind.Of<OrderInQueue, WireInQueue>("BQ1", ReportCodec.ToWire, WireInQueue.Parser, ReportCodec.ToMessage),
        MessageKind.Of<NoticeToBook, WireNotice>("BN1", BookMessageCodec.ToWire, WireNotice.Parser, codec.ToMessage),
        MessageKind.Of<BookAnswered, WireAnswer>("BW1", BookAnswerCodec.ToWire, WireAnswer.Parser, BookAnswerCodec.ToMessage),
    ];
}
