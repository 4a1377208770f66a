using Akka.Actor;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

/// <summary>The port to the node's <see cref="DecisionActor"/>.</summary>
internal sealed class DecisionDesk(IActorRef actor, RouterClock clock, TimeSpan timeout) : IDecisions
{
    public async Task<GatewayAnswer> DecideAsync(GatewayQuestion question)
    {
        try
        {
            var decide = new DecisionActor.Decide(question, clock.Monotonic + timeout);
            return (await actor.Ask<DecisionActor.Decided>(decide, timeout).ConfigureAwait(false)).Answer;
        }
        catch (AskTimeoutException)
        {
            return GatewayAnswer.Unscored(question);
        }
    }

    public void Learn(GatewayFeedback feedback) => actor.Tell(new DecisionActor.Learn(feedback));
}
