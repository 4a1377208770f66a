using RouterCluster.Domain.Gateways;

namespace RouterCluster.Node.Gateways;

/// <summary>Gateway rankings for platforms that execute payments themselves.</summary>
public interface IGatewayRankings
{
    /// <summary>Always answers in time, if need be with the caller's own order.</summary>
    Task<GatewayAnswer> DecideAsync(GatewayQuestion question);

    void Learn(GatewayFeedback feedback);
}
