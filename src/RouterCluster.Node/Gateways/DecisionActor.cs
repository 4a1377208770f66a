using Akka.Actor;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

/// <summary>One per node; carries a <see cref="DecisionBook"/>. Another node learns from its own callers only.</summary>
internal sealed class DecisionActor : ReceiveActor
{
    /// <param name="seed">Of the draws, so that a run can be repeated.</param>
    public DecisionActor(DecisionBook book, RouterClock clock, int seed)
    {
        var random = new Random(seed);
        Receive<Decide>(decide =>
        {
            // Nobody waits for a late answer: the caller has gone where its own order says, and has told nobody.
            if (clock.Monotonic < decide.Before)
            {
                Sender.Tell(new Decided(book.Decide(decide.Question, random.NextDouble(), clock.Monotonic)));
            }
        });
        Receive<Learn>(learn => book.Learn(learn.Feedback, clock.Monotonic));
    }

    public static Props Props(DecisionBook book, RouterClock clock, int seed) =>
        Akka.Actor.Props.Create(() => new DecisionActor(book, clock, seed));

    /// <param name="Before">On the monotonic clock: when the asker has given up.</param>
    public sealed record Decide(GatewayQuestion Question, TimeSpan Before) : INoSerializationVerificationNeeded;

    public sealed record Decided(GatewayAnswer Answer) : INoSerializationVerificationNeeded;

    public sealed record Learn(GatewayFeedback Feedback) : INoSerializationVerificationNeeded;
}
