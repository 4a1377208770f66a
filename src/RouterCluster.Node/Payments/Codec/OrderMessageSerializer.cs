using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>Messages of books to channels' lanes, and what one lane leaves to the next.</summary>
public sealed class OrderMessageSerializer(ExtendedActorSystem system) : MessageSerializer(system, Kinds)
{
    public const string Hocon = """
        akka.actor {
          serializers.router-orders = "RouterCluster.Node.Payments.Codec.OrderMessageSerializer, RouterCluster.Node"
          serialization-bindings {
            "RouterCluster.Domain.Books.SubmitOrder, RouterCluster.Domain" = router-orders
            "RouterCluster.Domain.Books.QueryOrder, RouterCluster.Domain" = router-orders
            "RouterCluster.Node.Channels.Messages.ILaneMessage, RouterCluster.Node" = router-orders
            "RouterCluster.Node.Channels.Messages.AdoptReports, RouterCluster.Node" = router-orders
          }
        }
        """;

    private static readonly MessageKind[] Kinds =
    [
        MessageKind.Of<SubmitOrder, WireSubmit>("OS1", OrderCodec.ToWire, WireSubmit.Parser, OrderCodec.ToMessage),
        MessageKind.Of<QueryOrder, WireQuery>("OQ1", OrderCodec.ToWire, WireQuery.Parser, OrderCodec.ToMessage),
        MessageKind.Of<WithdrawOrder, WireWithdraw>("OW1", OrderCodec.ToWire, WireWithdraw.Parser, OrderCodec.ToMessage),
        MessageKind.Of<ReportTaken, WireReportTaken>("OT1", OrderCodec.ToWire, WireReportTaken.Parser, OrderCodec.ToMessage),
        MessageKind.Of<AdoptReports, WireAdopt>("OA1", OrderCodec.ToWire, WireAdopt.Parser, OrderCodec.ToMessage),
        MessageKind.Of<OrderHeard, WireOrderHeard>("OH1", OrderCodec.ToWire, WireOrderHeard.Parser, OrderCodec.ToMessage),
    ];

    public override int Identifier => 4204;
}
