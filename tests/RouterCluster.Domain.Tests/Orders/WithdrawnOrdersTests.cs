using RouterCluster.Domain.Orders;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Orders;

public sealed class WithdrawnOrdersTests
{
    private readonly WithdrawnOrders _withdrawn = new();

    [Fact]
    public void An_order_may_be_sent_until_its_time_is_over()
    {
        var order = OrderLaneScene.Order(1);

        Assert.True(_withdrawn.MayStillSend(order, order.SendBefore.AddMilliseconds(-1)));
        Assert.False(_withdrawn.MayStillSend(order, order.SendBefore));
    }

    [Fact]
    public void An_order_that_was_withdrawn_may_not_and_another_may()
    {
        _withdrawn.Add(OrderLaneScene.Order(1).OrderNo);

        Assert.False(_withdrawn.MayStillSend(OrderLaneScene.Order(1), Start));
        Assert.True(_withdrawn.MayStillSend(OrderLaneScene.Order(2), Start));
    }

    [Fact]
    public void The_memory_is_bounded_and_the_last_one_is_always_kept()
    {
        for (var number = 1; number <= WithdrawnOrders.Limit + 1; number++)
        {
            _withdrawn.Add($"{number}");
        }

        Assert.True(_withdrawn.MayStillSend(OrderLaneScene.Order(1) with { OrderNo = "1" }, Start));
        Assert.False(
            _withdrawn.MayStillSend(OrderLaneScene.Order(1) with { OrderNo = $"{WithdrawnOrders.Limit + 1}" }, Start));
    }
}
