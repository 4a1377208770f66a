using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Gateways;

internal sealed class GatewayRankings(
    IRequiredActor<GatewayRankingActor> actor, RouterClock clock, GatewayRankingSettings settings) : IGatewayRankings
{
    public async Task<GatewayAnswer> DecideAsync(GatewayQuestion question)
    {
        try
        {
            var decide = new GatewayRankingActor.Decide(question, clock.Monotonic + settings.Timeout);
            return (await actor.ActorRef.Ask<GatewayRankingActor.Decided>(decide, settings.Timeout).ConfigureAwait(false)).Answer;
        }
        catch (AskTimeoutException)
        {
            return GatewayAnswer.Unscored(question);
        }
    }

    public void Learn(GatewayFeedback feedback) => actor.ActorRef.Tell(new GatewayRankingActor.Learn(feedback));
}
