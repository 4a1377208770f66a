using System.Collections.Immutable;
using RouterCluster.Domain.Books;

namespace RouterCluster.Domain.Orders;

/// <summary>A call checks here right before its bytes leave, on whatever thread it runs.</summary>
public sealed class WithdrawnOrders
{
    /// <summary>Only calls that run at the moment need their numbers here, and no one withdraws so many at once.</summary>
    public const int Limit = 4_096;

    private volatile ImmutableHashSet<string> _orderNos = [];

    /// <summary>One caller at a time.</summary>
    public void Add(string orderNo) => _orderNos = _orderNos.Count < Limit ? _orderNos.Add(orderNo) : [orderNo];

    /// <remarks>Law 1.8, 1.9.</remarks>
    public bool MayStillSend(SubmitOrder order, DateTimeOffset utcNow) =>
        utcNow < order.SendBefore && !_orderNos.Contains(order.OrderNo);
}
