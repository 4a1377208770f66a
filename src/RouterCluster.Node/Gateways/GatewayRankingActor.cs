using Akka.Actor;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

/// <summary>One per node; carries a <see cref="DecisionBook"/> that learns from this node's callers only.</summary>
internal sealed class GatewayRankingActor : ReceiveActor
{
    /// <param name="seed">Of random draws, so that a run can be repeated.</param>
    public GatewayRankingActor(DecisionBook book, RouterClock clock, int seed)
    {
        var random = new Random(seed);
        Receive<Decide>(decide =>
        {
            // The caller has given up and followed its own order, so a late ranking would never get feedback.
            if (clock.Monotonic < decide.Before)
            {
                Sender.Tell(new Decided(book.Decide(decide.Question, random.NextDouble(), clock.Monotonic)));
            }
        });
        Receive<Learn>(learn => book.Learn(learn.Feedback, clock.Monotonic));
    }

    public static Props Props(DecisionBook book, RouterClock clock, int seed) =>
        Akka.Actor.Props.Create(() => new GatewayRankingActor(book, clock, seed));

    /// <param name="Before">The caller's deadline on the monotonic clock.</param>
    public sealed record Decide(GatewayQuestion Question, TimeSpan Before) : INoSerializationVerificationNeeded;

    public sealed record Decided(GatewayAnswer Answer) : INoSerializationVerificationNeeded;

    public sealed record Learn(GatewayFeedback Feedback) : INoSerializationVerificationNeeded;
}
