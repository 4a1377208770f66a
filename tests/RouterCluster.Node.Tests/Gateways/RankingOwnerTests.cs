using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Gateways;

public sealed class RankingOwnerTests
{
    private static readonly MerchantId Shop = new("shop");

    [Fact]
    public async Task What_one_node_is_told_of_a_gateway_the_other_ranks_by()
    {
        await using var nodes = await GatewayNodes.StartAsync();
        IGatewayRankings[] rankings =
            [nodes.First.GetRequiredService<IGatewayRankings>(), nodes.Second.GetRequiredService<IGatewayRankings>()];
        foreach (var ranking in rankings)
        {
            await WholeNode.EventuallyAsync(async () => (await ranking.DecideAsync(Question("first"))).IsScored);
        }

        for (var payment = 0; payment < 60; payment++)
        {
            Learn(rankings[payment % 2], $"a-{payment}", "adyen", succeeded: true);
            Learn(rankings[payment % 2], $"s-{payment}", "stripe", succeeded: false);
        }

        foreach (var ranking in rankings)
        {
            await WholeNode.EventuallyAsync(async () =>
                await ranking.DecideAsync(Question("last")) is { IsScored: true, Best: "adyen" } answer
                && answer.Success[1] - answer.Success[0] > 0.5);
        }
    }

    private static GatewayQuestion Question(string payment) => new(Shop, payment, "CARD", "CARD, CREDIT", ["stripe", "adyen"]);

    private static void Learn(IGatewayRankings rankings, string payment, string gateway, bool succeeded) =>
        rankings.Learn(new GatewayFeedback(Shop, payment, gateway, IsFinal: true, succeeded));
}
