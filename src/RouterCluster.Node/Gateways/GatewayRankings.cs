using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Gateways.Messages;

namespace RouterCluster.Node.Gateways;

internal sealed class GatewayRankings(
    ActorSystem system, IRequiredActor<IGatewayMessage> owners, GatewayRankingSettings settings) : IGatewayRankings
{
    public async Task<GatewayAnswer> DecideAsync(GatewayQuestion question)
    {
        try
        {
            var decide = new DecideGateway(question, system.Scheduler.MonotonicClock + settings.Timeout);
            return (await owners.ActorRef.Ask<GatewayDecided>(decide, settings.Timeout).ConfigureAwait(false)).Answer;
        }
        catch (AskTimeoutException)
        {
            // The owner may be busy, on its way to another node, or out of reach.
            return GatewayAnswer.Unscored(question);
        }
    }

    public void Learn(GatewayFeedback feedback) => owners.ActorRef.Tell(new LearnGateway(feedback));
}
