using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>What lanes tell books. It holds no moment of the lane's clock: the book counts from its own receipt.</summary>
internal static class ReportCodec
{
    public static WireReport ToWire(ReportToBook told) => ToWire(told.Report);

    public static WireReport ToWire(AttemptReport report) => new()
    {
        Payment = ContentCodec.ToStored(report.Payment),
        AttemptNo = report.AttemptNo,
        Channel = report.Channel.Value,
        Source = (int)report.Source,
        Outcome = OutcomeCodec.ToStored(report.Outcome),
        Question = report.Question,
    };

    public static ReportToBook ToMessage(WireReport wire) => new(ToReport(wire));

    public static AttemptReport ToReport(WireReport wire) => new(
        ContentCodec.ToId(wire.Payment), wire.AttemptNo, ChannelId.Unchecked(wire.Channel), wire.Source.ToKnown<ReportSource>(),
        OutcomeCodec.ToOutcome(wire.Outcome.Required()))
    {
        Question = wire.Question,
    };

    public static WireInQueue ToWire(OrderInQueue said) =>
        new() { Payment = ContentCodec.ToStored(said.Payment), AttemptNo = said.AttemptNo, IsInQueue = said.IsInQueue };

    public static OrderInQueue ToMessage(WireInQueue wire) =>
        new(ContentCodec.ToId(wire.Payment), wire.AttemptNo, wire.IsInQueue);
}
