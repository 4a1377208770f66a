using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Orders;

/// <summary>
/// What a lane must know of its orders: everything that differs between a channel's two lanes, except the call itself.
/// </summary>
public interface ILaneOrders<TOrder>
{
    ChannelLane Lane { get; }

    string Merchant(TOrder order);

    string OrderNo(TOrder order);

    /// <summary>Whose book is told when the order waits in the queue, and when that is over; null: nobody's.</summary>
    (PaymentId Payment, int AttemptNo)? Watcher(TOrder order);

    /// <summary>How long the order may still wait; null: as long as the lane lets it.</summary>
    TimeSpan? Patience(TOrder order, DateTimeOffset utcNow);

    AttemptReport Report(TOrder order, Outcome outcome);

    CallVerdict Verdict(Outcome outcome);

    /// <summary>By what the company might refuse the order; null for a question.</summary>
    CallPart? Part(TOrder order);

    /// <summary>What routers learn when the call begins, <paramref name="outcome"/> being null, and when it ends.</summary>
    LaneSignal? Signal(TOrder order, Outcome? outcome);
}
