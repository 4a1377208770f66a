using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Tests.Lanes;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Orders;

/// <summary>A submit lane with a clock and a record of its effects.</summary>
internal sealed class OrderLaneScene
{
    private readonly List<OrderLaneEffect<SubmitOrder>> _effects = [];

    public OrderLaneScene(LaneSettings? settings = null, TimeSpan paused = default)
    {
        var start = new LaneStart(settings ?? LaneScene.Usual, BreakerMemory.Fresh, paused);
        Lane = new OrderLane<SubmitOrder>(SubmitOrders.Instance, start, Now.Monotonic);
        Pass(1);
        Take();
    }

    public OrderLane<SubmitOrder> Lane { get; }

    public BookTime Now { get; private set; } = new(Start, TimeSpan.FromSeconds(1000));

    public static SubmitOrder Order(int number)
    {
        var content = Content();
        return new SubmitOrder(
            IdOf($"A-{number}"), 1, IdOf($"A-{number}").AttemptOrderNo(1), Alpha, content.Merchant, content.Product,
            content.Amount, content.Account, Start.AddMinutes(5));
    }

    public void Pass(double seconds)
    {
        Now = new BookTime(Now.Utc.AddSeconds(seconds), Now.Monotonic + TimeSpan.FromSeconds(seconds));
        Lane.Advance(Now);
    }

    /// <summary>The effects since the last time, in order.</summary>
    public IReadOnlyList<OrderLaneEffect<SubmitOrder>> Take()
    {
        _effects.Clear();
        _effects.AddRange(Lane.TakeEffects());
        return [.. _effects];
    }

    public OrderLaneEffect<SubmitOrder>.Send Send(int number)
    {
        Lane.Offer(Order(number), Now);
        return Take().OfType<OrderLaneEffect<SubmitOrder>.Send>().Single();
    }

    public void End(OrderLaneEffect<SubmitOrder>.Send sent, CallEnd end) =>
        Lane.Ended(sent.Order, sent.Permit, end, Now.Monotonic, Now);

    public void End(OrderLaneEffect<SubmitOrder>.Send sent, Outcome outcome) => End(sent, new CallEnd(outcome));

    public LaneNews.Reported Tell()
    {
        Lane.Tell(Now);
        return Take().News().OfType<LaneNews.Reported>().Single();
    }
}

internal static class OrderLaneEffects
{
    public static IEnumerable<LaneNews> News(this IEnumerable<OrderLaneEffect<SubmitOrder>> effects) =>
        effects.OfType<OrderLaneEffect<SubmitOrder>.TellChannel>().Select(effect => effect.News);

    public static IEnumerable<AttemptReport> Reports(this IEnumerable<OrderLaneEffect<SubmitOrder>> effects) =>
        effects.OfType<OrderLaneEffect<SubmitOrder>.TellBook>().Select(effect => effect.Report);
}
