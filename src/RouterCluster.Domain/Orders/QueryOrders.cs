using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Orders;

public sealed class QueryOrders : ILaneOrders<QueryOrder>
{
    public static readonly QueryOrders Instance = new();

    public ChannelLane Lane => ChannelLane.Query;

    public string Merchant(QueryOrder order) => order.Merchant.Value;

    public string OrderNo(QueryOrder order) => order.OrderNo;

    public (PaymentId Payment, int AttemptNo) Attempt(QueryOrder order) => (order.Payment, order.AttemptNo);

    public (PaymentId Payment, int AttemptNo)? Watcher(QueryOrder order) => null;

    public TimeSpan? Patience(QueryOrder order, DateTimeOffset utcNow) => null;

    public AttemptReport Report(QueryOrder order, Outcome outcome) =>
        new(order.Payment, order.AttemptNo, order.Channel, ReportSource.Query, outcome) { Question = order.Question };

    public CallVerdict Verdict(Outcome outcome) =>
        outcome.Code == SubmitCall.Forbidden ? CallVerdict.Neutral : outcome.QueryVerdict();

    public CallPart? Part(QueryOrder order) => null;

    /// <summary>Operators keep new orders away. What has been sent is asked about.</summary>
    public bool IsExcluded(QueryOrder order, ImmutableArray<ExclusionScope> exclusions) => false;

    public LaneSignal? Signal(QueryOrder order, Outcome? outcome) =>
        outcome is not null && outcome.IsDefinite() ? LaneSignal.Truth(order.OrderNo, order.Product, outcome) : null;
}
