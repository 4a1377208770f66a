using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Orders;

public interface ILaneOrders<TOrder>
{
    ChannelLane Lane { get; }

    string Merchant(TOrder order);

    string OrderNo(TOrder order);

    (PaymentId Payment, int AttemptNo) Attempt(TOrder order);

    /// <summary>The attempt whose book is told when its order enters and leaves the queue; null: no book is told.</summary>
    (PaymentId Payment, int AttemptNo)? Watcher(TOrder order);

    /// <summary>Null: as long as the lane permits.</summary>
    TimeSpan? Patience(TOrder order, DateTimeOffset utcNow);

    AttemptReport Report(TOrder order, Outcome outcome);

    CallVerdict Verdict(Outcome outcome);

    CallPart? Part(TOrder order);

    /// <remarks>Law 1.12.</remarks>
    bool IsExcluded(TOrder order, ImmutableArray<ExclusionScope> exclusions);

    /// <summary>For the begin of the call, where <paramref name="outcome"/> is null, or for its end.</summary>
    LaneSignal? Signal(TOrder order, Outcome? outcome);
}
