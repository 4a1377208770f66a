using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Orders;

public abstract record OrderLaneEffect<TOrder>
{
    private OrderLaneEffect()
    {
    }

    /// <summary><c>OrderLane.Ended</c> must be called however the call ends.</summary>
    public sealed record Send(TOrder Order, Permit Permit) : OrderLaneEffect<TOrder>
    {
        /// <summary>In the lane's queue.</summary>
        public TimeSpan Waited { get; init; }
    }

    public sealed record TellQueued(PaymentId Payment, int AttemptNo, bool IsInQueue) : OrderLaneEffect<TOrder>;

    public sealed record TellBook(AttemptReport Report) : OrderLaneEffect<TOrder>;

    public sealed record TellChannel(LaneNews News) : OrderLaneEffect<TOrder>;
}
