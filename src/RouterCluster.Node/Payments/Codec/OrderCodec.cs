using RouterCluster.Domain.Books;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>
/// An order's last moment is UTC and rounded down, so that the lane's node can only refuse it earlier than its book meant.
/// </summary>
internal static class OrderCodec
{
    public static WireSubmit ToWire(SubmitOrder order)
    {
        var wire = new WireSubmit
        {
            Payment = ContentCodec.ToStored(order.Payment),
            AttemptNo = order.AttemptNo,
            Channel = order.Channel.Value,
            Merchant = order.Merchant.Value,
            Product = (int)order.Product,
            Amount = order.Amount.Minor,
            Currency = order.Amount.Currency.Value,
            Account = ContentCodec.ToStored(order.Account),
            SendBefore = order.SendBefore.ToStored(),
        };
        if (order.OrderNo != order.Payment.AttemptOrderNo(order.AttemptNo))
        {
            wire.OrderNo = order.OrderNo;
        }

        return wire;
    }

    public static WireQuery ToWire(QueryOrder order)
    {
        var wire = new WireQuery
        {
            Payment = ContentCodec.ToStored(order.Payment),
            AttemptNo = order.AttemptNo,
            Channel = order.Channel.Value,
            Merchant = order.Merchant.Value,
            Product = (int)order.Product,
            Amount = order.Amount.Minor,
            Currency = order.Amount.Currency.Value,
            Question = order.Question,
        };
        if (order.OrderNo != order.Payment.AttemptOrderNo(order.AttemptNo))
        {
            wire.OrderNo = order.OrderNo;
        }

        return wire;
    }

    public static WireWithdraw ToWire(WithdrawOrder withdraw) => new() { OrderNo = withdraw.OrderNo };

    public static WireReportTaken ToWire(ReportTaken taken) =>
        new() { Payment = ContentCodec.ToStored(taken.Payment), AttemptNo = taken.AttemptNo };

    public static WireOrderHeard ToWire(OrderHeard heard) => new()
    {
        OrderNo = heard.OrderNo,
        Product = (int)heard.Product,
        Outcome = OutcomeCodec.ToStored(heard.Outcome),
    };

    public static WireAdopt ToWire(AdoptReports adopt) =>
        new() { Channel = adopt.Channel.Value, Reports = { adopt.Reports.Select(ReportCodec.ToWire) } };

    public static SubmitOrder ToMessage(WireSubmit wire)
    {
        var id = ContentCodec.ToId(wire.Payment);
        return new SubmitOrder(
            id, wire.AttemptNo, wire.HasOrderNo ? wire.OrderNo : id.AttemptOrderNo(wire.AttemptNo),
            ChannelId.Unchecked(wire.Channel), MerchantId.Unchecked(wire.Merchant), wire.Product.ToKnown<Product>(),
            new Money(wire.Amount, Currency.Unchecked(wire.Currency)), ContentCodec.ToAccount(wire.Account.Required()),
            wire.SendBefore.ToTime());
    }

    public static QueryOrder ToMessage(WireQuery wire)
    {
        var id = ContentCodec.ToId(wire.Payment);
        return new QueryOrder(
            id, wire.AttemptNo, wire.HasOrderNo ? wire.OrderNo : id.AttemptOrderNo(wire.AttemptNo),
            ChannelId.Unchecked(wire.Channel), MerchantId.Unchecked(wire.Merchant), wire.Product.ToKnown<Product>(),
            new Money(wire.Amount, Currency.Unchecked(wire.Currency)))
        {
            Question = wire.Question,
        };
    }

    public static WithdrawOrder ToMessage(WireWithdraw wire) => new(wire.OrderNo);

    public static ReportTaken ToMessage(WireReportTaken wire) => new(ContentCodec.ToId(wire.Payment), wire.AttemptNo);

    public static AdoptReports ToMessage(WireAdopt wire) =>
        new(ChannelId.Unchecked(wire.Channel), [.. wire.Reports.Select(ReportCodec.ToReport)]);

    public static OrderHeard ToMessage(WireOrderHeard wire) =>
        new(wire.OrderNo, wire.Product.ToKnown<Product>(), OutcomeCodec.ToOutcome(wire.Outcome.Required()));
}
