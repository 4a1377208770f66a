using System.Collections.Concurrent;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Gateways;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeDecisions : IGatewayRankings
{
    public ConcurrentQueue<GatewayQuestion> Asked { get; } = new();

    public ConcurrentQueue<GatewayFeedback> Told { get; } = new();

    public bool IsLate { get; set; }

    public Task<GatewayAnswer> DecideAsync(GatewayQuestion question)
    {
        Asked.Enqueue(question);
        var success = question.Gateways.Select((_, place) => 0.9 - (0.1 * place));
        return Task.FromResult(IsLate
            ? GatewayAnswer.Unscored(question)
            : new GatewayAnswer(question.Gateways[^1], question.Gateways[0], [.. success], IsScored: true));
    }

    public void Learn(GatewayFeedback feedback) => Told.Enqueue(feedback);
}
