using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Gateways.Codec;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Messages;

namespace RouterCluster.Node.Tests.Gateways;

public sealed class DecisionActorTests() : TestKit(StrictMessages.WithCodecs)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_decision_that_nobody_waits_for_any_more_is_not_made()
    {
        var book = new DecisionBook(new DecisionLimits(TimeSpan.FromMinutes(2), 100, 10, 10));
        var actor = Sys.ActorOf(GatewayRankingEntity.Props(book, new RouterClock(new FakeTimeProvider()), seed: 1));
        var now = Sys.Scheduler.MonotonicClock;

        actor.Tell(new DecideGateway(Question("late"), now), TestActor);
        actor.Tell(new DecideGateway(Question("in-time"), now + (60 * Second)), TestActor);

        ExpectMsg<GatewayDecided>();
        Assert.Equal(1, book.Remembered);
    }

    [Fact]
    public void What_travels_arrives_whole_and_a_deadline_as_the_time_that_is_left()
    {
        var codec = new GatewaySerializer((ExtendedActorSystem)Sys);
        var question = Question("p") with { Mode = ChannelMode.Live };
        var answer = new GatewayAnswer("second", "first", [0.5, 0.25], IsScored: true);
        var feedback = new GatewayFeedback(new MerchantId("demo"), "p", "first", IsFinal: true, Succeeded: true)
        {
            Mode = ChannelMode.Live,
        };

        var before = Sys.Scheduler.MonotonicClock + (60 * Second);
        var asked = Travel<DecideGateway>(codec, new DecideGateway(question, before));
        Assert.InRange(asked.Before, before - Second, before + (30 * Second));
        Assert.Equal(question.Gateways.AsEnumerable(), asked.Question.Gateways.AsEnumerable());
        Assert.Equal(question, asked.Question with { Gateways = question.Gateways });
        var decided = Travel<GatewayDecided>(codec, new GatewayDecided(answer)).Answer;
        Assert.Equal(answer.Success.AsEnumerable(), decided.Success.AsEnumerable());
        Assert.Equal(answer, decided with { Success = answer.Success });
        Assert.Equal(new LearnGateway(feedback), Travel<LearnGateway>(codec, new LearnGateway(feedback)));
    }

    private static T Travel<T>(GatewaySerializer codec, object message) =>
        Assert.IsType<T>(codec.FromBinary(codec.ToBinary(message), codec.Manifest(message)));

    private static GatewayQuestion Question(string payment) =>
        new(new MerchantId("demo"), payment, "CARD", "CARD, CREDIT", ["first", "second"]);
}
