using RouterCluster.Domain.Gateways;

namespace RouterCluster.Node.Gateways;

/// <summary>Decisions for platforms that execute payments themselves.</summary>
public interface IDecisions
{
    /// <summary>In time, always: an answer that does not come in time is the caller's own order.</summary>
    Task<GatewayAnswer> DecideAsync(GatewayQuestion question);

    void Learn(GatewayFeedback feedback);
}
