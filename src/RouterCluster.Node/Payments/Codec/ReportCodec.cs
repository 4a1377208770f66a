using RouterCluster.Domain.Books;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>What lanes tell books. It holds no moment of the lane's clock: the book counts from its own receipt.</summary>
internal static class ReportCodec
{
    public static WireReport ToWire(ReportToBook told) => new()
    {
        Payment = ContentCodec.ToStored(told.Report.Payment),
        AttemptNo = told.Report.AttemptNo,
        Channel = told.Report.Channel.Value,
        Source = (int)told.Report.Source,
        Outcome = OutcomeCodec.ToStored(told.Report.Outcome),
        Question = told.Report.Question,
    };

    public static ReportToBook ToMessage(WireReport wire) => new(new AttemptReport(
        ContentCodec.ToId(wire.Payment), wire.AttemptNo, ChannelId.Unchecked(wire.Channel), wire.Source.ToKnown<ReportSource>(),
        OutcomeCodec.ToOutcome(wire.Outcome.Required()))
    {
        Question = wire.Question,
    });

    public static WireInQueue ToWire(OrderInQueue said) =>
        new() { Payment = ContentCodec.ToStored(said.Payment), AttemptNo = said.AttemptNo, IsInQueue = said.IsInQueue };

    public static OrderInQueue ToMessage(WireInQueue wire) =>
        new(ContentCodec.ToId(wire.Payment), wire.AttemptNo, wire.IsInQueue);
}
