using System.Collections.Concurrent;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Books;

/// <summary>Every order that the channel took: the truth that tests compare with. Nothing is ever removed.</summary>
internal sealed class OrderBook
{
    private readonly ConcurrentDictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private long _lastNumber;

    public IEnumerable<Order> Orders => _orders.Select(pair => pair.Value);

    public Order? Find(string orderNo) => _orders.GetValueOrDefault(orderNo);

    /// <summary>Null if the number is taken: only the first order of a number can move money.</summary>
    public Order? Book(Submit submit, Outcome outcome, Timetable times)
    {
        var order = new Order(submit, Interlocked.Increment(ref _lastNumber), outcome, times);
        return _orders.TryAdd(order.OrderNo, order) ? order : null;
    }
}
