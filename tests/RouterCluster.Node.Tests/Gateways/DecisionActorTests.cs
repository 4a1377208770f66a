using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Messages;

namespace RouterCluster.Node.Tests.Gateways;

public sealed class DecisionActorTests() : TestKit(StrictMessages.WithCodecs)
{
    private static readonly TimeSpan Arrived = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_decision_that_nobody_waits_for_any_more_is_not_made()
    {
        var time = new FakeTimeProvider();
        var book = new DecisionBook(new DecisionLimits(TimeSpan.FromMinutes(2), 100, 10, 10));
        var actor = Sys.ActorOf(GatewayRankingActor.Props(book, new RouterClock(time), seed: 1));
        time.Advance(Arrived);

        actor.Tell(new GatewayRankingActor.Decide(Question("late"), Arrived), TestActor);
        actor.Tell(new GatewayRankingActor.Decide(Question("in-time"), Arrived + TimeSpan.FromMilliseconds(50)), TestActor);

        ExpectMsg<GatewayRankingActor.Decided>();
        Assert.Equal(1, book.Remembered);
    }

    private static GatewayQuestion Question(string payment) =>
        new(new MerchantId("demo"), payment, "CARD", "CARD, CREDIT", ["first", "second"]);
}
