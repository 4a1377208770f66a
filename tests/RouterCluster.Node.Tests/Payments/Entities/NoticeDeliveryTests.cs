using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>What a channel tells by itself comes back to its lane, for the routers to learn from.</summary>
public sealed class NoticeDeliveryTests : BookScene
{
    [Fact]
    public async Task The_lane_hears_how_its_order_ended_once_that_is_durable()
    {
        var book = await StartBookAsync();
        await AcceptAsync(book, "A-1", 1);
        var order = await SubmitLane.ExpectMsgAsync<SubmitOrder>();
        await Journal.WriteArrivesAsync();
        var success = new Outcome(OutcomeClass.Success, Landing.Landed, "00", null, "C-1");

        Journal.Hold();
        book.Tell(new NoticeToBook(new NoticeRequest(
            new Caller(Caller.Ref, 2), order.Payment, order.AttemptNo, order.OrderNo, order.Channel, order.Amount, success)));
        await Journal.WriteArrivesAsync();
        await SubmitLane.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Journal.Release();

        var heard = await SubmitLane.FishForMessageAsync<OrderHeard>(_ => true);
        Assert.Equal(new OrderHeard(order.OrderNo, order.Product, success), heard);
    }
}
