using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Orders;

public sealed class SubmitOrders : ILaneOrders<SubmitOrder>
{
    public static readonly SubmitOrders Instance = new();

    public ChannelLane Lane => ChannelLane.Submit;

    public string Merchant(SubmitOrder order) => order.Merchant.Value;

    public string OrderNo(SubmitOrder order) => order.OrderNo;

    public (PaymentId Payment, int AttemptNo) Attempt(SubmitOrder order) => (order.Payment, order.AttemptNo);

    public (PaymentId Payment, int AttemptNo)? Watcher(SubmitOrder order) => Attempt(order);

    public TimeSpan? Patience(SubmitOrder order, DateTimeOffset utcNow) => order.SendBefore - utcNow;

    public AttemptReport Report(SubmitOrder order, Outcome outcome) =>
        new(order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit, outcome);

    public CallVerdict Verdict(Outcome outcome) =>
        outcome.Code == SubmitCall.Forbidden ? CallVerdict.Neutral : outcome.Verdict();

    public CallPart? Part(SubmitOrder order) => new(order.Product, order.Account.Bank, order.Amount.Minor);

    public bool IsExcluded(SubmitOrder order, ImmutableArray<ExclusionScope> exclusions)
    {
        foreach (var scope in exclusions)
        {
            if (scope.Covers(order.Merchant, order.Product, order.Account.Bank, order.Amount.Minor))
            {
                return true;
            }
        }

        return false;
    }

    public LaneSignal? Signal(SubmitOrder order, Outcome? outcome) => new(
        order.OrderNo,
        outcome is null
            ? new SubmitSignal(order.Product, order.Account.Bank, default, default)
            {
                Kind = SignalKind.Dispatched,
                Source = SourceOf(order),
            }
            : new SubmitSignal(order.Product, order.Account.Bank, Verdict(outcome), outcome.Class));

    /// <summary>The masked account, unlike the sealed bytes, is the same for each of the account's payments.</summary>
    private static Source SourceOf(SubmitOrder order) => Source.Of(
        StableHash.Of(order.Account.MaskedNumber, StableHash.Of(order.Account.Bank ?? "")), StableHash.Of(order.Merchant.Value));
}
