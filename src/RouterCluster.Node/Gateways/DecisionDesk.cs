using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

internal sealed class DecisionDesk(
    IRequiredActor<DecisionActor> actor, RouterClock clock, GatewayDecisionSettings settings) : IDecisions
{
    public async Task<GatewayAnswer> DecideAsync(GatewayQuestion question)
    {
        try
        {
            var decide = new DecisionActor.Decide(question, clock.Monotonic + settings.Timeout);
            return (await actor.ActorRef.Ask<DecisionActor.Decided>(decide, settings.Timeout).ConfigureAwait(false)).Answer;
        }
        catch (AskTimeoutException)
        {
            return GatewayAnswer.Unscored(question);
        }
    }

    public void Learn(GatewayFeedback feedback) => actor.ActorRef.Tell(new DecisionActor.Learn(feedback));
}
