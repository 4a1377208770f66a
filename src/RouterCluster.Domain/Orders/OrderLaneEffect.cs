using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Orders;

/// <summary>What an <see cref="OrderLane{TOrder}"/> wants done, in order.</summary>
public abstract record OrderLaneEffect<TOrder>
{
    private OrderLaneEffect()
    {
    }

    /// <summary>Send it now, and tell <c>OrderLane.Ended</c> however the call ends.</summary>
    public sealed record Send(TOrder Order, Permit Permit) : OrderLaneEffect<TOrder>;

    /// <summary>The book is to know that its attempt waits in the queue, or no longer.</summary>
    public sealed record TellQueued(PaymentId Payment, int AttemptNo, bool IsInQueue) : OrderLaneEffect<TOrder>;

    public sealed record TellBook(AttemptReport Report) : OrderLaneEffect<TOrder>;

    public sealed record TellChannel(LaneNews News) : OrderLaneEffect<TOrder>;
}
