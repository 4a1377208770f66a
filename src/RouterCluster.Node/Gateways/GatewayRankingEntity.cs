using Akka.Actor;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Gateways.Messages;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

/// <summary>
/// The one owner of a merchant's ranking; carries a <see cref="DecisionBook"/>, which begins anew when the owner moves.
/// </summary>
internal sealed class GatewayRankingEntity : ReceiveActor
{
    /// <param name="seed">Of random draws, so that a run can be repeated.</param>
    public GatewayRankingEntity(DecisionBook book, RouterClock clock, int seed)
    {
        var random = new Random(seed);
        Receive<DecideGateway>(decide =>
        {
            // The caller has given up and followed its own order, so a late ranking would never get feedback.
            if (Context.System.Scheduler.MonotonicClock < decide.Before)
            {
                Sender.Tell(new GatewayDecided(book.Decide(decide.Question, random.NextDouble(), clock.Monotonic)));
            }
        });
        Receive<LearnGateway>(learn => book.Learn(learn.Feedback, clock.Monotonic));
    }

    public static Props Props(DecisionBook book, RouterClock clock, int seed) =>
        Akka.Actor.Props.Create(() => new GatewayRankingEntity(book, clock, seed));
}
